import Contracts
import Instrumentation
import Logging
import RPC
import ServiceLifecycle
import Tracing

/// The RPC port of a program, and its socket: open from start to shutdown, drained before it closes.
struct RPCListener: Service {
    /// The condition of readiness that holds while the port is open.
    static let condition = "rpc"
    /// A call with less time than this left is not begun: its answer would come too late.
    static let margin = Duration.milliseconds(1)

    private let boot: Boot
    private let routes: [Route]
    private let statistics: CallStatistics
    private let stats: StatsService

    /// - Parameter routes: what the program serves; Health, Reflection and Stats are added.
    init(boot: Boot, routes: [Route]) {
        self.boot = boot
        let own = Set(routes.map(\.method.serviceName))
        let all = own.union([
            "grpc.health.v1.Health", "codingahead.reflection.v1.Reflection", "codingahead.stats.v1.Stats",
        ])
        statistics = CallStatistics(
            methods: routes.map(\.method) + HealthAPI.Methods.all + ReflectionAPI.Methods.all + StatsAPI.Methods.all)
        stats = StatsService(program: boot.program.executable, statistics: statistics)
        self.routes =
            routes + HealthAPI.routes(HealthService(serving: own, readiness: boot.readiness))
            + ReflectionAPI.routes(ReflectionService(serving: all)) + StatsAPI.routes(stats)
        boot.readiness.require(Self.condition)
    }

    /// - Throws: `ListenError` when an address cannot be bound.
    func run() async throws {
        let address = boot.settings.listenAddress(of: boot.program)
        let server = Server(configuration: configuration, routes: routes, logger: boot.logger)
        do {
            _ = try await server.start(host: address.host, port: address.port)
        } catch {
            throw ListenError.refused(address: "\(address)", cause: "\(error)")
        }
        if let socket = boot.security.socket(of: boot.program) {
            do { try await server.start(socket) } catch {
                throw ListenError.refused(address: socket.path, cause: "\(error)")
            }
        }
        if boot.security.identity == nil, !address.isLoopback {
            boot.logger.warning(
                "calls of other hosts are neither encrypted nor proven", metadata: ["setting": "CODINGAHEAD_TLS_FOLDER"]
            )
        }
        stats.show(server)
        boot.readiness.report(Self.condition)
        do { try await gracefulShutdown() } catch {
            // Cancelled instead of asked: calls are drained just the same.
        }
        await server.drain()
        stats.show(nil)
    }

    private var configuration: ServerConfiguration {
        var limits = Limits()
        limits.drainGrace = boot.settings[.drainGrace]
        // What counts and logs stands before what refuses, so that refusals are counted and logged.
        var filters: [any Filter] = [
            statistics, MetricsFilter(.server, methods: routes.map(\.method), factory: boot.metrics),
        ]
        if let tracer = boot.tracer { filters.append(TracingFilter(.server, tracer: tracer)) }
        filters.append(AuthenticationFilter(tokens: boot.security.tokens, isRequired: false))
        filters.append(LoggingFilter(boot.logger))
        if let callers = boot.security.callers { filters.append(AuthorizationFilter(callers)) }
        filters.append(DeadlineFilter(margin: Self.margin))
        return ServerConfiguration(
            name: boot.program.executable, build: Build.version, limits: limits, schemaHash: Contract.hash,
            security: boot.security.server, filters: FilterChain(filters))
    }
}

extension Boot {
    /// The tracer that was bootstrapped in this process; nil: none.
    var tracer: (any Tracer)? {
        let tracer = InstrumentationSystem.tracer
        return tracer is NoOpTracer ? nil : tracer
    }
}
