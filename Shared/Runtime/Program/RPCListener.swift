import Logging
import RPC
import ServiceLifecycle

/// The RPC port of a program: open from start to shutdown, drained before it closes.
struct RPCListener: Service {
    /// The condition of readiness that holds while the port is open.
    static let condition = "rpc"

    private let boot: Boot
    private let routes: [Route]

    init(boot: Boot, routes: [Route]) {
        self.boot = boot
        self.routes = routes
        boot.readiness.require(Self.condition)
    }

    /// - Throws: `ListenError` when the address cannot be bound.
    func run() async throws {
        let address = boot.settings.listenAddress(of: boot.program)
        let server = Server(configuration: ServerConfiguration(), routes: routes, logger: boot.logger)
        do {
            _ = try await server.start(host: address.host, port: address.port)
        } catch {
            throw ListenError.refused(address: "\(address)", cause: "\(error)")
        }
        boot.readiness.report(Self.condition)
        boot.logger.info("listening", metadata: ["port": "\(address.port)"])
        do { try await gracefulShutdown() } catch {
            // Cancelled instead of asked: calls are drained just the same.
        }
        boot.readiness.startDraining()
        boot.logger.info("draining")
        await server.drain()
    }
}
