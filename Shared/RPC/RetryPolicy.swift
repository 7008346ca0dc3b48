/// How often, and how soon, a call that may be repeated is tried again.
package struct RetryPolicy: Sendable {
    /// Tries in all.
    package var attempts: Int
    /// Wait before the second try, doubled for each that follows, up to the longest; each ± 20 %.
    package var backoff: Duration
    package var longestBackoff: Duration

    package init(
        attempts: Int = 3, backoff: Duration = .milliseconds(20), longestBackoff: Duration = .seconds(1)
    ) {
        self.attempts = attempts
        self.backoff = backoff
        self.longestBackoff = longestBackoff
    }

    /// No retry but that of calls that were provably not run.
    package static let none = RetryPolicy(attempts: 1)
}
