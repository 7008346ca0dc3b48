package import CoreMetrics
import Synchronization

/// The metrics of a process, behind swift-metrics, rendered as Prometheus text (version 0.0.4).
///
/// Counters end in `_total`, timers in `_seconds`. The number of metrics and of series of each is bounded, so that a
/// label that turns out to be unbounded costs accuracy, not memory.
package final class MetricsRegistry: MetricsFactory, Sendable {
    /// Metrics past this number are recorded into nothing; the product has a few dozen.
    static let maxFamilies = 512

    private let families = Mutex<[String: MetricFamily]>([:])

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, suffix: "_total", .counter, dimensions) { CounterSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, .gauge, dimensions) { GaugeSeries() }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return series(label, .gauge, dimensions) { GaugeSeries() } }
        return series(label, .histogram, dimensions) { HistogramSeries(bounds: HistogramSeries.magnitudes) }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, suffix: "_seconds", .histogram, dimensions) { HistogramSeries(bounds: HistogramSeries.seconds) }
    }

    // A series outlives whoever made it: a scrape must not lose counts because an object went away.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// Everything recorded so far, metrics by name, series by labels.
    package func rendered() -> String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# TYPE \(name) \(family.kind.rawValue)\n"
            for (labels, series) in family.series.sorted(by: { $0.key.text < $1.key.text }) {
                text += series.lines(name: name, labels: labels)
            }
        }
        return text
    }

    /// The series of a metric; one that no scrape sees when the name is taken by another kind or the bound is met.
    private func series<Series: MetricSeries>(
        _ label: String, suffix: String = "", _ kind: MetricFamily.Kind, _ dimensions: [(String, String)],
        make: () -> Series
    ) -> Series {
        var name = MetricName.sanitized(label)
        if !name.hasSuffix(suffix) { name += suffix }
        let labels = MetricLabels(dimensions)
        return families.withLock { families in
            guard families[name] != nil || families.count < Self.maxFamilies else { return make() }
            let found = families[name, default: MetricFamily(kind: kind)].series(labels) { make() }
            return found as? Series ?? make()
        }
    }
}
