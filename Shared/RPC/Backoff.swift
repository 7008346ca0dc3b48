/// How long to wait after each failure in a row: the first time, growing by 1.6, up to the longest, each ± 20 % so that clients that failed
/// together do not come back together.
package struct Backoff: Sendable {
    private let first: Duration
    private let longest: Duration
    /// Failures in a row.
    package private(set) var failures = 0

    package init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    /// Counts one failure and says how long to wait.
    package mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
        var wait = first
        for _ in 0..<min(failures, 32) where wait < longest { wait = wait * 16 / 10 }
        failures += 1
        return Backoff.jittered(min(wait, longest), percent: 20, using: &generator)
    }

    package mutating func reset() { failures = 0 }

    /// A duration more or less by up to some percent.
    package static func jittered(
        _ duration: Duration, percent: Int, using generator: inout some RandomNumberGenerator
    ) -> Duration {
        duration * Int.random(in: (1000 - 10 * percent)...(1000 + 10 * percent), using: &generator) / 1000
    }
}
