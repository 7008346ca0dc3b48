import CoreMetrics
import Synchronization

/// A value that rises and falls.
final class GaugeSeries: MeterHandler, RecorderHandler, MetricSeries {
    private let value = Mutex(0.0)

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }

    func lines(name: String, labels: MetricLabels) -> String {
        "\(name)\(labels.braced) \(value.withLock { $0 })\n"
    }
}
