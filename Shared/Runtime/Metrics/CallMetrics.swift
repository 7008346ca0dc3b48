import CoreMetrics
import Logging
import RPC

/// Counts and times the calls that a program serves, by method and status; logs those that failed by its own fault.
struct CallMetrics: Filter {
    private let registry: MetricsRegistry
    private let logger: Logger
    /// Of calls that went well, made ahead: the hot path neither builds labels nor looks names up.
    private let succeeded: [UInt32: (count: any CounterHandler, time: any TimerHandler)]

    init(routes: [Route], registry: MetricsRegistry, logger: Logger) {
        self.registry = registry
        self.logger = logger
        succeeded = Dictionary(
            routes.map { route in
                let name = route.method.fullName
                return (
                    route.method.id,
                    (
                        registry.makeCounter(label: "rpc_server_calls", dimensions: Self.labels(name, nil)),
                        registry.makeTimer(label: "rpc_server_call", dimensions: [("method", name)])
                    )
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Notes a call that ended.
    func end(_ context: CallContext, _ outcome: CallOutcome) {
        let failure = outcome.failure
        if let handlers = succeeded[context.method.id] {
            let (seconds, attoseconds) = outcome.duration.components
            handlers.time.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
            if failure == nil { return handlers.count.increment(by: 1) }
        }
        let labels = Self.labels(context.method.fullName, failure)
        registry.makeCounter(label: "rpc_server_calls", dimensions: labels).increment(by: 1)
        guard let failure, [.internal, .unknown, .dataLoss].contains(failure) else { return }
        logger.warning(
            "call failed",
            metadata: [
                "method": "\(context.method.fullName)", "kind": "\(failure)", "request": "\(context.requestID)",
            ])
    }

    private static func labels(_ method: String, _ failure: ServiceError.Kind?) -> [(String, String)] {
        [("method", method), ("code", failure.map { "\($0)" } ?? "ok")]
    }
}
