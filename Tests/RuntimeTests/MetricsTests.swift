import Metrics
import Runtime
import Testing

@Suite("Metrics")
struct MetricsTests {
    private let registry = MetricsRegistry()

    @Test("A counter ends in _total and adds up over its labels")
    func counter() {
        for _ in 0..<3 {
            Counter(label: "rpc.calls", dimensions: [("method", "GetCode")], factory: registry).increment()
        }
        #expect(registry.rendered() == "# TYPE rpc_calls_total counter\nrpc_calls_total{method=\"GetCode\"} 3\n")
    }

    @Test("A gauge holds its last value")
    func gauge() {
        Meter(label: "open", factory: registry).set(2.5)
        #expect(registry.rendered() == "# TYPE open gauge\nopen 2.5\n")
    }

    @Test("A timer is a histogram in seconds with cumulative buckets")
    func timer() {
        let timer = Metrics.Timer(label: "call", factory: registry)
        timer.recordNanoseconds(300_000)
        timer.recordNanoseconds(3_000_000_000)
        let text = registry.rendered()
        #expect(text.contains("# TYPE call_seconds histogram\n"))
        #expect(text.contains("call_seconds_bucket{le=\"0.00025\"} 0\n"))
        #expect(text.contains("call_seconds_bucket{le=\"0.0005\"} 1\n"))
        #expect(text.contains("call_seconds_bucket{le=\"+Inf\"} 2\n"))
        #expect(text.contains("call_seconds_count 2\n"))
    }

    @Test("An unbounded label costs accuracy, not memory")
    func bounded() {
        for index in 0..<10_000 {
            Counter(label: "seen", dimensions: [("id", "\(index)")], factory: registry).increment()
        }
        let lines = registry.rendered().split(separator: "\n")
        #expect(lines.count <= 1 + 257)
        #expect(lines.contains { $0.hasPrefix("seen_total{overflow=\"true\"} ") })
    }

    @Test("Names and values are written as the text format allows them")
    func escaping() {
        Counter(label: "9 odd-näme", dimensions: [("a b", "x\"y\\z\n")], factory: registry).increment()
        let line = registry.rendered().split(separator: "\n")[1]
        #expect(line == #"__odd_n__me_total{a_b="x\"y\\z\n"} 1"#)
    }

    @Test("Two kinds under one name do not trap")
    func kinds() {
        Meter(label: "x", factory: registry).set(1)
        Recorder(label: "x", factory: registry).record(5)
        #expect(registry.rendered() == "# TYPE x gauge\nx 1.0\n")
    }
}
