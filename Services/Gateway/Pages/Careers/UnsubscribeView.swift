import Contracts

/// The end of digests, as `unsubscribe.mustache` takes it.
struct UnsubscribeView: Sendable {
    let path: String
    let isDone: Bool
}
