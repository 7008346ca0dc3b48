package import Logging
package import NIOCore
import NIOPosix
import Synchronization
import Wire

/// Serves routes over TCP.
///
/// One connection is served on one event loop; a handler runs in place there until it suspends, so it must not block.
package final class Server: Sendable {
    package let configuration: ServerConfiguration
    private let routes: [UInt32: Route]
    private let group: any EventLoopGroup
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var listener: (any Channel)?
        var connections: [ObjectIdentifier: ServerConnection] = [:]
        var isDraining = false
    }

    /// - Parameter routes: methods of distinct ids.
    package init(
        configuration: ServerConfiguration, routes: [Route],
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton, logger: Logger
    ) {
        self.configuration = configuration
        self.routes = Dictionary(uniqueKeysWithValues: routes.map { ($0.method.id, $0) })
        self.group = group
        self.logger = logger
    }

    /// Binds and serves until `drain`. Returns the port: the one asked for, or the one the system chose for 0.
    ///
    /// - Throws: an `IOError` when the address cannot be bound.
    package func start(host: String, port: Int) async throws -> Int {
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        ServerConnection(server: self, loop: channel.eventLoop))
                }
            }
            .bind(host: host, port: port).get()
        state.withLock { $0.listener = listener }
        let bound = listener.localAddress?.port ?? port
        logger.info("listening", metadata: ["service": "\(configuration.name)", "port": "\(bound)"])
        return bound
    }

    /// Stops: no new connections, DRAIN to all, up to the grace for calls to end, then cancels the rest.
    package func drain() async {
        let listener = state.withLock { state in
            state.isDraining = true
            defer { state.listener = nil }
            return state.listener
        }
        if let listener {
            do { try await listener.close() } catch { logger.debug("the listener was closed already") }
        }
        for connection in connections { connection.executor.loop.execute { connection.drain() } }
        let end = ContinuousClock.now + configuration.limits.drainGrace
        while !connections.isEmpty, ContinuousClock.now < end, !Task.isCancelled { await Server.pause() }
        for connection in connections { connection.executor.loop.execute { connection.abort() } }
        // Closing takes one turn of each loop.
        for _ in 0..<100 where !connections.isEmpty { await Server.pause() }
    }

    /// Connections that are open.
    package var connectionCount: Int { state.withLock { $0.connections.count } }

    private var connections: [ServerConnection] { state.withLock { Array($0.connections.values) } }

    func admit(_ connection: ServerConnection) -> Bool {
        state.withLock { state in
            guard !state.isDraining, state.connections.count < configuration.limits.connections else { return false }
            state.connections[ObjectIdentifier(connection)] = connection
            return true
        }
    }

    func forget(_ connection: ServerConnection) {
        _ = state.withLock { $0.connections.removeValue(forKey: ObjectIdentifier(connection)) }
    }

    func route(_ header: RPCHeaders.CallHeader) -> Route? {
        if header.method != 0 { return routes[header.method] }
        guard let route = routes[Method.id(of: header.path)], route.method.fullName == header.path else { return nil }
        return route
    }

    private static func pause() async {
        do { try await Task.sleep(for: .milliseconds(5)) } catch { await Task.yield() }
    }
}
