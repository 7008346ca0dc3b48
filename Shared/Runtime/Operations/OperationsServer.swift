import Logging
package import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Serves `/livez`, `/readyz` and `/metrics` on a port of its own, so that probes and scrapes never compete with calls
/// and never show on the public port.
package struct OperationsServer: Service {
    /// Open connections past this number are closed at once: probes and scrapers are few.
    static let maxConnections = 64

    private let address: HostPort
    private let pages: OperationsPages

    package init(address: HostPort, pages: OperationsPages) {
        self.address = address
        self.pages = pages
    }

    /// Serves until shutdown.
    /// - Throws: `ListenError` when the address cannot be bound.
    package func run() async throws {
        let channel = try await start()
        do { try await gracefulShutdown() } catch {
            // Cancelled instead of asked: the socket is closed just the same.
        }
        try await channel.close()
    }

    /// Binds and begins to serve.
    /// - Throws: `ListenError`.
    package func start() async throws -> any Channel {
        let pages = pages
        let open = OpenConnections()
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 64)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                guard open.enter(limit: Self.maxConnections) else {
                    return channel.eventLoop.makeFailedFuture(ListenError.busy)
                }
                channel.closeFuture.whenComplete { _ in open.leave() }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
                    try channel.pipeline.syncOperations.addHandler(OperationsHandler(pages: pages))
                }
            }
        do {
            return try await bootstrap.bind(host: address.host, port: address.port).get()
        } catch {
            throw ListenError.refused(address: "\(address)", cause: "\(error)")
        }
    }
}

/// How many connections are open.
private final class OpenConnections: Sendable {
    private let count = Atomic<Int>(0)

    func enter(limit: Int) -> Bool {
        guard count.add(1, ordering: .relaxed).newValue <= limit else {
            leave()
            return false
        }
        return true
    }

    func leave() { count.subtract(1, ordering: .relaxed) }
}
