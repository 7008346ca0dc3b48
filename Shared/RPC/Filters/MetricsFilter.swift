package import CoreMetrics

/// Counts calls by method and status and times them by method, through swift-metrics.
package struct MetricsFilter: Filter {
    /// On which side of the calls it stands.
    package enum Side: String, Sendable {
        case server, client
    }

    private let prefix: String
    private let factory: any MetricsFactory
    /// Of calls that went well, made ahead: the hot path neither builds labels nor looks names up.
    private let succeeded: [UInt32: (count: any CounterHandler, time: any TimerHandler)]

    /// - Parameter methods: what is timed; others are counted.
    package init(_ side: Side, methods: [Method], factory: any MetricsFactory) {
        let prefix = "rpc_\(side.rawValue)_call"
        self.prefix = prefix
        self.factory = factory
        succeeded = Dictionary(
            methods.map { method in
                let labels = Self.labels(method.fullName, nil)
                return (
                    method.id,
                    (
                        factory.makeCounter(label: prefix + "s", dimensions: labels),
                        factory.makeTimer(label: prefix, dimensions: [("method", method.fullName)])
                    )
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    package func end(_ context: CallContext, _ outcome: CallOutcome) {
        if let handlers = succeeded[context.method.id] {
            let (seconds, attoseconds) = outcome.duration.components
            handlers.time.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
            if outcome.failure == nil { return handlers.count.increment(by: 1) }
        }
        let labels = Self.labels(context.method.fullName, outcome.failure)
        factory.makeCounter(label: prefix + "s", dimensions: labels).increment(by: 1)
    }

    private static func labels(_ method: String, _ failure: ServiceError.Kind?) -> [(String, String)] {
        [("method", method), ("code", failure.map { "\($0)" } ?? "ok")]
    }
}
