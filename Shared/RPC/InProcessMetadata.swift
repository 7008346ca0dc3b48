import Synchronization

/// Carries a handler's metadata to the caller of the same process.
final class InProcessMetadata: ReplyMetadataSink {
    private let target: ReplyMetadata?
    private let state = Mutex<(hasInitial: Bool, trailing: Metadata?)>((false, nil))

    init(target: ReplyMetadata?) { self.target = target }

    func setInitial(_ metadata: Metadata) throws(ServiceError) {
        try metadata.checkReplySize()
        let isFirst = state.withLock { state in
            defer { state.hasInitial = true }
            return !state.hasInitial
        }
        guard isFirst else {
            throw ServiceError(.failedPrecondition, "initial metadata is said once, before the first reply")
        }
        target?.initial = metadata
    }

    func setTrailing(_ metadata: Metadata) throws(ServiceError) {
        try metadata.checkReplySize()
        state.withLock { $0.trailing = metadata }
    }

    /// The handler has ended: what it said last goes to the caller.
    func conclude() {
        if let trailing = state.withLock({ $0.trailing }) { target?.trailing = trailing }
    }
}
