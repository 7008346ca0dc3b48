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
    let logger: Logger
    private let state: Mutex<State>
    /// Calls whose handlers have suspended: all, and of the methods that have a limit.
    let inFlight: InFlight
    private let methods: [Method: InFlight]
    private let loops = Mutex<[ObjectIdentifier: ServerLoop]>([:])

    private struct State {
        var peers: PeerConnections
        var listeners: [any Channel] = []
        var connections: [ObjectIdentifier: ServerConnection] = [:]
        var isDraining = false
    }

    /// - Parameter routes: methods of distinct ids.
    package init(
        configuration: ServerConfiguration, routes: [Route],
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton, logger: Logger
    ) {
        Wire.keepsMemory
        self.configuration = configuration
        self.routes = Dictionary(uniqueKeysWithValues: routes.map { ($0.method.id, $0) })
        self.group = group
        self.logger = logger
        state = Mutex(State(peers: PeerConnections(limits: configuration.limits)))
        inFlight = InFlight(limit: configuration.limits.inFlight, isAdaptive: configuration.adaptsInFlight)
        methods = configuration.methodLimits.mapValues { InFlight(limit: $0) }
    }

    /// Binds and serves until `drain`. Returns the port: the one asked for, or the one the system chose for 0.
    ///
    /// - Throws: an `IOError` when the address cannot be bound.
    package func start(host: String, port: Int) async throws -> Int {
        let listener = try await bootstrap { channel, connection in
            channel.eventLoop.makeCompletedFuture {
                try self.configuration.security.addHandlers(to: channel.pipeline, logger: self.logger)
                try channel.pipeline.syncOperations.addHandler(connection)
            }
        }.bind(host: host, port: port).get()
        await adopt(listener)
        let bound = listener.localAddress?.port ?? port
        logger.info("listening", metadata: ["service": "\(configuration.name)", "port": "\(bound)"])
        return bound
    }

    /// - Parameter initializer: adds the handlers of an accepted connection.
    func bootstrap(
        _ initializer: @escaping @Sendable (any Channel, ServerConnection) -> EventLoopFuture<Void>
    ) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.recvAllocator, value: Reading.allocator)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelInitializer { channel in
                initializer(channel, ServerConnection(server: self, loop: channel.eventLoop))
            }
    }

    /// Takes a listener to be closed by `drain`.
    func adopt(_ listener: any Channel) async {
        let isLate = state.withLock { state in
            if !state.isDraining { state.listeners.append(listener) }
            return state.isDraining
        }
        if isLate { await close(listener) }
    }

    private func close(_ listener: any Channel) async {
        do { try await listener.close() } catch { logger.debug("the listener was closed already") }
    }

    /// Stops: no new connections, DRAIN to all, up to the grace for calls to end, then cancels the rest.
    package func drain() async {
        let listeners = state.withLock { state in
            state.isDraining = true
            defer { state.listeners = [] }
            return state.listeners
        }
        for listener in listeners { await close(listener) }
        for connection in connections { connection.executor.loop.execute { connection.drain() } }
        let end = ContinuousClock.now + configuration.limits.drainGrace
        while !connections.isEmpty, ContinuousClock.now < end, !Task.isCancelled { await Server.pause() }
        for connection in connections { connection.executor.loop.execute { connection.abort() } }
        // Closing takes one turn of each loop.
        for _ in 0..<100 where !connections.isEmpty { await Server.pause() }
    }

    /// Connections that are open.
    package var connectionCount: Int { state.withLock { $0.connections.count } }

    var connections: [ServerConnection] { state.withLock { Array($0.connections.values) } }

    func admit(_ connection: ServerConnection) -> Bool {
        state.withLock { state in
            guard !state.isDraining, state.peers.admits(connection.countedPeer) else { return false }
            state.connections[ObjectIdentifier(connection)] = connection
            return true
        }
    }

    func forget(_ connection: ServerConnection) {
        state.withLock { state in
            guard state.connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
            state.peers.left(connection.countedPeer)
        }
    }

    /// What the server runs on an event loop.
    func loop(_ loop: any EventLoop) -> ServerLoop {
        loops.withLock { loops in
            if let known = loops[ObjectIdentifier(loop)] { return known }
            let made = ServerLoop(loop: loop, limit: configuration.limits.queued, inFlight: inFlight)
            loops[ObjectIdentifier(loop)] = made
            return made
        }
    }

    /// The calls of a method; nil when it has no limit of its own.
    func inFlight(of method: Method) -> InFlight? { methods.isEmpty ? nil : methods[method] }

    func route(_ header: RPCHeaders.CallHeader) -> Route? {
        if header.method != 0 { return routes[header.method] }
        guard let route = routes[Method.id(of: header.path)], route.method.fullName == header.path else { return nil }
        return route
    }

    private static func pause() async {
        do { try await Task.sleep(for: .milliseconds(5)) } catch { await Task.yield() }
    }
}
