import Synchronization

/// What handlers did.
final class CallLog: Sendable {
    private let state = Mutex((begun: 0, completed: 0, cancelled: 0))

    func began() { state.withLock { $0.begun += 1 } }

    func ended(cancelled: Bool) {
        state.withLock { state in
            if cancelled { state.cancelled += 1 } else { state.completed += 1 }
        }
    }

    var begun: Int { state.withLock { $0.begun } }
    var completed: Int { state.withLock { $0.completed } }
    var cancelled: Int { state.withLock { $0.cancelled } }
}
