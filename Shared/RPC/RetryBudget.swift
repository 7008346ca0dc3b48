package import NIOCore

/// Bounds retries to 20 % of calls and 10 a second, so that a service in trouble is not met with a multiple of its load.
package struct RetryBudget: Sendable {
    static let share = 0.2
    static let perSecond = 10.0
    /// Tokens that can be saved up: what a busy client may spend at once when a server dies under its calls.
    static let capacity = 1000.0

    private var tokens: Double
    private var filledAt: NIODeadline

    /// Starts with what 10 s without a call would give.
    package init(now: NIODeadline) {
        tokens = 10 * RetryBudget.perSecond
        filledAt = now
    }

    /// A first try was made.
    package mutating func called() { tokens = min(RetryBudget.capacity, tokens + RetryBudget.share) }

    /// Takes one retry; false when there is none left.
    package mutating func take(at now: NIODeadline) -> Bool {
        let seconds = max(0, Double((now - filledAt).nanoseconds) / 1e9)
        filledAt = now
        tokens = min(RetryBudget.capacity, tokens + seconds * RetryBudget.perSecond)
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}
