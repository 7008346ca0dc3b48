package import NIOCore

/// How many calls a server takes at once, found from what it achieves: brpc's formula (its page "Auto concurrency limiter"),
///
///     limit = highest rate × ((2 + α) × least latency − latency)
///
/// By Little's law rate × latency is the number of calls that keep a server just busy. While latency stays at its least the limit is that number
/// and a share α more, so that growth is found; when calls wait for each other latency rises and the limit falls. The least
/// latency is measured anew every 30 s with a limit that empties the queues, because the handlers may have become slower for good.
package struct AdaptiveLimit: Sendable {
    /// α: what is tried above the known optimum.
    static let exploration = 0.3
    /// A window is long enough for this many calls, or for a second.
    static let samplesPerWindow = 200
    static let longestWindow = TimeAmount.seconds(1)
    static let shortestWindow = TimeAmount.milliseconds(20)
    /// Fewer calls than this in a second say nothing.
    static let leastSamples = 20
    /// Time between two measurements of the least latency.
    static let remeasure = TimeAmount.seconds(30)
    /// Never fewer calls at once than this: below it one slow call would shut out the others.
    static let least = 8

    /// The limit at first: low, so that the least latency is not that of a crowd; it grows by α a window where that brings more.
    static let initial = 20

    private let most: Int
    /// Calls that may be in flight now.
    package private(set) var limit: Int
    private var windowStart: NIODeadline?
    private var samples = 0
    private var latencySum = 0.0
    /// Nanoseconds; 0: not measured.
    private var leastLatency = 0.0
    /// Calls a nanosecond.
    private var highestRate = 0.0
    private var remeasureAt: NIODeadline
    /// The limit is low so that the queues empty, until then.
    private var emptyingUntil: NIODeadline?

    /// - Parameter most: the limit that is never passed.
    package init(most: Int, now: NIODeadline) {
        self.most = most
        limit = min(most, AdaptiveLimit.initial)
        remeasureAt = now + AdaptiveLimit.remeasure
    }

    /// A call ended after it was in flight for this long.
    package mutating func ended(at now: NIODeadline, latency: TimeAmount) {
        guard let start = windowStart else {
            windowStart = now
            return
        }
        samples += 1
        latencySum += Double(latency.nanoseconds)
        let age = now - start
        guard age >= AdaptiveLimit.shortestWindow else { return }
        guard samples >= AdaptiveLimit.samplesPerWindow || age >= AdaptiveLimit.longestWindow else { return }
        if samples >= AdaptiveLimit.leastSamples { close(at: now, age: age) }
        windowStart = now
        samples = 0
        latencySum = 0
    }

    private mutating func close(at now: NIODeadline, age: TimeAmount) {
        let latency = latencySum / Double(samples)
        let rate = Double(samples) / Double(age.nanoseconds)
        if let end = emptyingUntil {
            guard now >= end else { return }
            emptyingUntil = nil
            leastLatency = latency
        } else if leastLatency == 0 {
            leastLatency = latency
        } else if latency < leastLatency {
            leastLatency += (latency - leastLatency) * 0.5
        }
        // A higher rate counts at once; a lower one may be for want of calls, so it counts little.
        highestRate = rate > highestRate ? rate : highestRate * 0.98 + rate * 0.02
        if now >= remeasureAt {
            remeasureAt = now + AdaptiveLimit.remeasure
            emptyingUntil = now + .nanoseconds(Int64(2 * latency))
            limit = bounded(highestRate * leastLatency * 0.75)
            return
        }
        limit = bounded(highestRate * ((2 + AdaptiveLimit.exploration) * leastLatency - latency))
    }

    private func bounded(_ calls: Double) -> Int { min(most, max(AdaptiveLimit.least, Int(calls.rounded(.up)))) }
}
