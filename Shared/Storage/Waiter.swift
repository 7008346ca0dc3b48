import Synchronization

/// A task's wait for work that another thread does.
///
/// Cancelling a wait whose work has not begun drops the work and resumes at once with `CancellationError`; begun work
/// is finished and its result delivered.
package final class Waiter<Value: Sendable>: Sendable {
    private enum State {
        case idle
        case waiting(CheckedContinuation<Value, any Error>)
        case begun(CheckedContinuation<Value, any Error>)
        case ended
    }

    private let state = Mutex(State.idle)

    /// A wait that has not started.
    package init() {}

    /// Waits for `finish`. `start` hands the work over; it may call `finish` itself when it cannot.
    package func wait(_ start: () -> Void) async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let parked = state.withLock { state in
                    guard case .idle = state else { return false }
                    state = .waiting(continuation)
                    return true
                }
                if parked { start() } else { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            cancel()
        }
    }

    /// Called by the worker before the work: false when nobody waits any more.
    package func begin() -> Bool {
        state.withLock { state in
            guard case .waiting(let continuation) = state else { return false }
            state = .begun(continuation)
            return true
        }
    }

    /// Resumes the task; without effect when it was cancelled before.
    package func finish(_ result: Result<Value, any Error>) {
        let continuation = state.withLock { state in
            defer { state = .ended }
            switch state {
            case .waiting(let continuation), .begun(let continuation): return Optional(continuation)
            case .idle, .ended: return nil
            }
        }
        continuation?.resume(with: result)
    }

    private func cancel() {
        let dropped = state.withLock { state in
            switch state {
            case .idle:
                state = .ended
                return CheckedContinuation<Value, any Error>?.none
            case .waiting(let continuation):
                state = .ended
                return continuation
            case .begun, .ended:
                return nil
            }
        }
        dropped?.resume(throwing: CancellationError())
    }
}
