import Glibc
import Instrumentation
import Logging
import Metrics
import ServiceLifecycle
import UnixSignals

/// Turns a composition root into a process: flags, settings, logs, metrics, signals, exit code.
///
/// ```swift
/// @main
/// enum Main {
///     static func main() async { await Program.main(.lookup, compose: LookupService.compose) }
/// }
/// ```
package enum Program {
    /// What builds a program from its settings.
    package typealias Compose = @Sendable (Boot) async throws -> Composition

    /// Runs a process to its end: until SIGTERM or SIGINT, or until a part fails.
    ///
    /// `--check` asks the running program on the same settings whether it is ready, and exits with 0 or 1.
    /// `--version` prints the version. Exit codes: 0 stopped as asked · 1 failed · 64 unknown flag · 78 bad settings.
    package static func main(_ program: ProgramName, compose: @escaping Compose) async -> Never {
        signal(SIGPIPE, SIG_IGN)
        let flags = Array(CommandLine.arguments.dropFirst())
        if flags == ["--version"] {
            print("\(program.executable) \(Build.version)")
            exit(0)
        }
        let settings = settingsOrExit()
        if flags == ["--check"] { await check(program, settings: settings) }
        guard flags.isEmpty else {
            complain("\(program.executable) takes --check or --version, and its settings from the environment.")
            exit(64)
        }
        let metrics = MetricsRegistry()
        MetricsSystem.bootstrap(metrics)
        LoggingSystem.bootstrap { _ in
            StructuredLogHandler(
                program: program.rawValue, level: settings[.logLevel], format: settings[.logFormat])
        }
        var boot = Boot(
            program: program, settings: settings, logger: Logger(label: program.rawValue), metrics: metrics)
        if let collector = settings[.traceCollector] {
            let exporter = SpanExporter(
                program: program, collector: collector, metrics: metrics, logger: boot.logger)
            InstrumentationSystem.bootstrap(OTLPTracer(exporter: exporter, percent: settings[.tracePercent]))
            boot.spans = exporter
        }
        do {
            try await run(boot, signals: true, compose: compose)
            boot.logger.info("stopped")
            exit(0)
        } catch {
            boot.logger.critical("failed", metadata: ["cause": "\(error)"])
            exit(1)
        }
    }

    /// Runs a program until it is told to stop: the task is cancelled, the surrounding service group shuts down, or,
    /// with `signals`, SIGTERM or SIGINT.
    ///
    /// Order: stores (by `compose`), operations port, children, RPC port; stopped in reverse: probes are told first, then
    /// calls are drained.
    package static func run(_ boot: Boot, signals: Bool = false, compose: Compose) async throws {
        var boot = boot
        boot.logger.info("starting", metadata: ["version": "\(Build.version)"])
        boot.security = try ProgramSecurity(boot.settings, holder: boot.program.rawValue)
        let composition = try await compose(boot)
        let pages = OperationsPages(program: boot.program, readiness: boot.readiness, metrics: boot.metrics)
        var parts: [any ServiceLifecycle.Service] = [
            OperationsServer(address: boot.settings.operationsAddress(of: boot.program), pages: pages),
            SecurityWatch(security: boot.security, logger: boot.logger, metrics: boot.metrics),
            EventLoopLag(metrics: boot.metrics),
            Closer(close: composition.close),
        ]
        if let spans = boot.spans { parts.append(spans) }
        parts += composition.children
        if !composition.routes.isEmpty { parts.append(RPCListener(boot: boot, routes: composition.routes)) }
        parts.append(DrainNotice(readiness: boot.readiness, logger: boot.logger))
        var configuration = ServiceGroupConfiguration(
            services: parts.map {
                // A part that fails takes the program down in order, so that stores are closed whatever happened.
                .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup)
            },
            gracefulShutdownSignals: signals ? [.sigterm, .sigint] : [],
            logger: boot.logger.quietened)
        configuration.maximumGracefulShutdownDuration = boot.settings[.drainGrace] + .seconds(10)
        try await ServiceGroup(configuration: configuration).run()
    }

    private static func settingsOrExit() -> Settings {
        do {
            return try Settings(environment: Environment.current)
        } catch {
            complain(error.description)
            exit(78)
        }
    }

    private static func check(_ program: ProgramName, settings: Settings) async -> Never {
        let address = settings.operationsAddress(of: program).local
        do {
            let reply = try await OperationsProbe(address: address).get("/readyz")
            guard reply.isOK else {
                complain("\(program.executable) is not ready: \(reply.body)")
                exit(1)
            }
            exit(0)
        } catch {
            complain("\(program.executable) does not answer on \(address).")
            exit(1)
        }
    }

    private static func complain(_ text: String) {
        LogOutput.standardError.write(Array((text + "\n").utf8))
    }
}

extension Logger {
    /// For the service group: its own start and stop lines say nothing that the program's do not.
    fileprivate var quietened: Logger {
        var logger = self
        logger.logLevel = max(logLevel, .warning)
        return logger
    }
}
