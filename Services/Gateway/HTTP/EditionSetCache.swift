import Contracts
import RPC
import Synchronization

/// Which editions are loaded, remembered for two seconds: what tags of answers that are the same for everyone follow from, so
/// that a 304 costs no call.
final class EditionSetCache: Sendable {
    /// How long a new edition may take to be seen in a tag.
    private static let freshSeconds = 2
    /// An older memory is no promise any more: without a newer one there is no tag.
    private static let usableSeconds = 10

    private struct State {
        var editionSet = ""
        var fetchedAt = Int.min / 2
        var isAsking = false
    }

    private let lookup: LookupAPI.Client
    private let now: @Sendable () -> Int
    private let state = Mutex(State())

    init(lookup: LookupAPI.Client, surroundings: Surroundings) {
        self.lookup = lookup
        now = surroundings.now
    }

    /// The tag of the answer to a call: the editions, the request, and the day, because an absent date is today. nil while
    /// Lookup does not say what is loaded.
    func tag(of method: Method, _ request: [UInt8], context: GatewayContext) async -> EntityTag? {
        guard let editionSet = await editionSet(context: context) else { return nil }
        let words = "\(editionSet)\n\(now() / 86_400)\n\(method.fullName)\n"
        return EntityTag(of: Array(words.utf8) + request)
    }

    private func editionSet(context: GatewayContext) async -> String? {
        let time = now()
        let (known, mustAsk) = state.withLock { state in
            let mustAsk = time - state.fetchedAt >= Self.freshSeconds && !state.isAsking
            if mustAsk { state.isAsking = true }
            return (time - state.fetchedAt < Self.usableSeconds ? state.editionSet : nil, mustAsk)
        }
        guard mustAsk else { return known }
        do {
            let reply = try await lookup.listEditions(
                LookupAPI.ListEditionsRequest(), options: context.options(timeout: CallTimeouts.health))
            state.withLock { $0 = State(editionSet: reply.editionSet, fetchedAt: time) }
            return reply.editionSet.isEmpty ? nil : reply.editionSet
        } catch {
            state.withLock { $0.isAsking = false }
            return known
        }
    }
}
