import RPC
import Synchronization

/// Codes notes one at a time, away from the threads that take calls: a long note takes as long as hundreds of look-ups, and those
/// must not wait for it.
///
/// An actor whose work runs on the threads of Swift's own pool, whatever thread asked: the event loops go on meanwhile.
actor CaseQueue {
    /// Notes at work or waiting. A note of the greatest length takes some tenths of a second, so the last of them waits a few
    /// seconds, well within a caller's patience; together they hold little memory.
    static let mostNotes = 16

    private let inside = Mutex(0)

    /// How many notes are at work or waiting.
    nonisolated var count: Int { inside.withLock { $0 } }

    /// Runs work when those before it are done.
    ///
    /// - Throws: `RESOURCE_EXHAUSTED` when too many notes wait, nothing has run then; `CancellationError` when the call was given
    ///   up before its turn; what `work` throws.
    nonisolated func run<Result: Sendable>(_ work: @Sendable () throws -> Result) async throws -> Result {
        let enters = inside.withLock { count in
            guard count < Self.mostNotes else { return false }
            count += 1
            return true
        }
        guard enters else {
            throw ServiceError(
                .resourceExhausted, "Too many notes are waiting to be coded; try again in a moment.",
                reason: "overloaded",
                retryAfter: .seconds(1))
        }
        defer { inside.withLock { $0 -= 1 } }
        return try await withTaskExecutorPreference(globalConcurrentExecutor) { try await inTurn(work) }
    }

    private func inTurn<Result: Sendable>(_ work: @Sendable () throws -> Result) throws -> Result {
        try Task.checkCancellation()
        return try work()
    }
}
