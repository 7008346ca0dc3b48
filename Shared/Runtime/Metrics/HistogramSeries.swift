import CoreMetrics
import Synchronization

/// How often values fell below each of a fixed list of bounds.
final class HistogramSeries: RecorderHandler, TimerHandler, MetricSeries {
    /// Seconds, from a call that stays in one process to a slow request.
    static let seconds: [Double] = [
        0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]
    /// Counts and sizes.
    static let magnitudes: [Double] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 10_000, 100_000, 1_000_000]

    private struct Counts: Sendable {
        var buckets: [Int]
        var count = 0
        var sum = 0.0
    }

    private let bounds: [Double]
    private let counts: Mutex<Counts>

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Mutex(Counts(buckets: Array(repeating: 0, count: bounds.count)))
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let index = bounds.firstIndex { value <= $0 }
        counts.withLock { counts in
            if let index { counts.buckets[index] += 1 }
            counts.count += 1
            counts.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func lines(name: String, labels: MetricLabels) -> String {
        let counts = counts.withLock { $0 }
        var text = ""
        var below = 0
        for (bound, bucket) in zip(bounds, counts.buckets) {
            below += bucket
            text += "\(name)_bucket\(labels.braced(adding: "le", "\(bound)")) \(below)\n"
        }
        text += "\(name)_bucket\(labels.braced(adding: "le", "+Inf")) \(counts.count)\n"
        text += "\(name)_sum\(labels.braced) \(counts.sum)\n"
        text += "\(name)_count\(labels.braced) \(counts.count)\n"
        return text
    }
}
