import Synchronization

/// Whether a program is ready for calls, as a set of named conditions that must all hold.
///
/// Parts name their condition before they start and report when it holds or fails; probes read.
package final class Readiness: Sendable {
    private struct State: Sendable {
        /// The reason why a condition does not hold; `nil`: it holds.
        var conditions: [String: String?] = [:]
        var isDraining = false
    }

    private let state = Mutex(State())

    package init() {}

    /// Names a condition that does not hold yet.
    package func require(_ condition: String) { report(condition, failing: "starting") }

    /// Reports that a condition holds.
    package func report(_ condition: String) {
        state.withLock { $0.conditions[condition] = .some(nil) }
    }

    /// Reports that a condition does not hold.
    /// - Parameter reason: a few words for an operator, without secrets or personal data.
    package func report(_ condition: String, failing reason: String) {
        state.withLock { $0.conditions[condition] = .some(reason) }
    }

    /// From now on never ready again: the program is about to stop.
    package func startDraining() {
        state.withLock { $0.isDraining = true }
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

    package var isReady: Bool { unmet.isEmpty }
}
