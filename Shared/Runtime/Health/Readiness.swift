import Synchronization

/// Whether a program is ready for calls, as a set of named conditions that must all hold.
///
/// Parts name their condition before they start and report when it holds or fails; probes read.
package final class Readiness: Sendable {
    private struct State: Sendable {
        /// The reason why a condition does not hold; `nil`: it holds.
        var conditions: [String: String?] = [:]
        var isDraining = false
        var watchers: [Int: AsyncStream<Bool>.Continuation] = [:]
        var nextWatcher = 0
        /// What the watchers were told last.
        var told: Bool?

        var isReady: Bool { !isDraining && conditions.values.allSatisfy { $0 == nil } }

        /// Tells the watchers what has changed; gives back those for whom nothing will change any more, to be finished without the lock.
        mutating func tell() -> [AsyncStream<Bool>.Continuation] {
            if told != isReady {
                told = isReady
                for watcher in watchers.values { watcher.yield(isReady) }
            }
            guard isDraining else { return [] }
            defer { watchers = [:] }
            return Array(watchers.values)
        }
    }

    private let state = Mutex(State())

    package init() {}

    /// Names a condition that does not hold yet.
    package func require(_ condition: String) { report(condition, failing: "starting") }

    /// Reports that a condition holds.
    package func report(_ condition: String) { change { $0.conditions[condition] = .some(nil) } }

    /// Reports that a condition does not hold.
    /// - Parameter reason: a few words for an operator, without secrets or personal data.
    package func report(_ condition: String, failing reason: String) {
        change { $0.conditions[condition] = .some(reason) }
    }

    /// From now on never ready again: the program is about to stop.
    package func startDraining() { change { $0.isDraining = true } }

    /// Whether the program is ready, now and whenever that changes; who is slow misses what was true in between. It ends once the
    /// program drains.
    package func changes() -> AsyncStream<Bool> {
        let (changes, watcher) = AsyncStream.makeStream(of: Bool.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.nextWatcher += 1
            return state.nextWatcher
        }
        watcher.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.watchers.removeValue(forKey: number) }
        }
        change { state in
            watcher.yield(state.isReady)
            state.told = state.isReady
            state.watchers[number] = watcher
        }
        return changes
    }

    private func change(_ body: (inout State) -> Void) {
        let ended = state.withLock { state in
            body(&state)
            return state.tell()
        }
        for watcher in ended { watcher.finish() }
    }

    /// Why the program is not ready, one `condition: reason` each in the order of names; empty when it is ready.
    package var unmet: [String] {
        let state = state.withLock { $0 }
        let failing = state.conditions.compactMap { name, reason in reason.map { "\(name): \($0)" } }.sorted()
        return (state.isDraining ? ["program: draining"] : []) + failing
    }

    /// Whether one condition holds; an unknown one does not.
    package func holds(_ condition: String) -> Bool {
        state.withLock { state in
            guard let reason = state.conditions[condition] else { return false }
            return reason == nil
        }
    }

    package var isReady: Bool { state.withLock { $0.isReady } }
}
