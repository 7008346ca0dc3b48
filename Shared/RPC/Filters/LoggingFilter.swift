package import Logging

/// Logs calls that failed by the server's own fault or that were not allowed; all of them at level debug.
package struct LoggingFilter: Filter {
    private let logger: Logger
    private let logsEverything: Bool

    package init(_ logger: Logger) {
        self.logger = logger
        logsEverything = logger.logLevel <= .debug
    }

    package func end(_ context: CallContext, _ outcome: CallOutcome) {
        let level: Logger.Level
        switch outcome.failure {
        case .internal, .unknown, .dataLoss: level = .warning
        case .permissionDenied, .unauthenticated: level = .notice
        default:
            guard logsEverything else { return }
            level = .debug
        }
        logger.log(
            level: level, outcome.failure == nil ? "call" : "call failed",
            metadata: [
                "method": "\(context.method.fullName)", "kind": "\(outcome.failure.map { "\($0)" } ?? "ok")",
                "caller": "\(context.caller.name)", "request": "\(context.requestID)",
                "trace": "\(context.trace?.traceID ?? "")", "took": "\(outcome.duration)",
            ])
    }
}
