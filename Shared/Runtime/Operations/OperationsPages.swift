import NIOHTTP1

/// What the operations port answers, apart from any socket.
package struct OperationsPages: Sendable {
    private let program: ProgramName
    private let readiness: Readiness
    private let metrics: MetricsRegistry

    package init(program: ProgramName, readiness: Readiness, metrics: MetricsRegistry) {
        self.program = program
        self.readiness = readiness
        self.metrics = metrics
        _ = ProcessMetrics.start
    }

    /// - Parameter path: without a query.
    package func reply(to path: String) -> OperationsReply {
        switch path {
        case "/livez": return OperationsReply(.ok, body: "live\n")
        case "/readyz": return ready
        case "/metrics":
            return OperationsReply(
                .ok, contentType: "text/plain; version=0.0.4; charset=utf-8",
                body: build + ProcessMetrics.rendered() + metrics.rendered())
        default: return OperationsReply(.notFound, body: "Here are /livez, /readyz and /metrics.\n")
        }
    }

    private var ready: OperationsReply {
        let unmet = readiness.unmet
        guard !unmet.isEmpty else { return OperationsReply(.ok, body: "ready\n") }
        return OperationsReply(.serviceUnavailable, body: unmet.joined(separator: "\n") + "\n")
    }

    private var build: String {
        """
        # TYPE codingahead_build_info gauge
        codingahead_build_info{program="\(program.executable)",version="\(Build.version)"} 1
        # TYPE codingahead_ready gauge
        codingahead_ready \(readiness.isReady ? 1 : 0)

        """
    }
}
