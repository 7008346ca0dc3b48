import CoreMetrics
import Synchronization

/// A count that only rises.
final class CounterSeries: CounterHandler, MetricSeries {
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) {
        value.wrappingAdd(max(0, amount), ordering: .relaxed)
    }

    func reset() {
        value.store(0, ordering: .relaxed)
    }

    func lines(name: String, labels: MetricLabels) -> String {
        "\(name)\(labels.braced) \(value.load(ordering: .relaxed))\n"
    }
}
