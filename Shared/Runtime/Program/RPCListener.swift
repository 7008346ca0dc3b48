import Contracts
import Logging
import RPC
import ServiceLifecycle

/// The RPC port of a program: open from start to shutdown, drained before it closes.
struct RPCListener: Service {
    /// The condition of readiness that holds while the port is open.
    static let condition = "rpc"

    private let boot: Boot
    private let routes: [Route]

    /// - Parameter routes: what the program serves; Health is added.
    init(boot: Boot, routes: [Route]) {
        self.boot = boot
        let services = Set(routes.compactMap { $0.method.fullName.split(separator: "/").first.map(String.init) })
        self.routes = routes + HealthAPI.routes(HealthService(serving: services, readiness: boot.readiness))
        boot.readiness.require(Self.condition)
    }

    /// - Throws: `ListenError` when the address cannot be bound.
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
        boot.readiness.report(Self.condition)
        do { try await gracefulShutdown() } catch {
            // Cancelled instead of asked: calls are drained just the same.
        }
        await server.drain()
    }

    private var configuration: ServerConfiguration {
        var limits = Limits()
        limits.drainGrace = boot.settings[.drainGrace]
        var filters: [any Filter] = [CallMetrics(routes: routes, registry: boot.metrics, logger: boot.logger)]
        if let callers = boot.security.callers { filters.append(AuthorizationFilter(callers)) }
        return ServerConfiguration(
            name: boot.program.executable, build: Build.version, limits: limits, schemaHash: Contract.hash,
            security: boot.security.server, filters: FilterChain(filters))
    }
}
