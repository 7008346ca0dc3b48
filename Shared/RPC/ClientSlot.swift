import DequeModule
import NIOCore
import NIOPosix

/// A client's place on one event loop: at most one connection that takes calls, and the calls that wait for it.
///
// SAFETY: touched only on its event loop.
final class ClientSlot: @unchecked Sendable {
    private enum State {
        case idle
        case connecting(ClientConnection)
        case open(ClientConnection)
        /// A connect failed: none is tried before this time.
        case resting(until: NIODeadline, reason: String)
        case closed
    }

    let loop: any EventLoop
    private let configuration: ClientConfiguration
    private var state = State.idle
    private var waiting: Deque<ClientCall> = []
    private var failures = 0
    /// Told when a connection is up, so that the client's other slots need not wait for theirs.
    private let announce: @Sendable () -> Void
    /// Everything that is open, also what drains.
    private var connections: [ObjectIdentifier: ClientConnection] = [:]

    init(loop: any EventLoop, configuration: ClientConfiguration, announce: @escaping @Sendable () -> Void) {
        self.loop = loop
        self.configuration = configuration
        self.announce = announce
    }

    /// Sends a call, or lets it wait for a connection.
    func submit(_ call: ClientCall) {
        switch state {
        case .open(let connection) where connection.canOpen && waiting.isEmpty: return connection.start(call)
        case .open(let connection) where connection.isSpent:
            state = .idle
            return submit(call)
        case .closed: return call.end(.failure(ServiceError(.unavailable, "the client is closed")))
        case .resting(_, let reason) where !call.options.waitForReady:
            return call.end(.failure(ServiceError(.unavailable, reason, retryAfter: .seconds(1))))
        case .idle, .connecting, .open, .resting: break
        }
        if waiting.count >= configuration.waitingLimit { waiting.removeAll { $0.isEnded } }
        guard waiting.count < configuration.waitingLimit else {
            let error = ServiceError(.resourceExhausted, "too many calls wait for \(configuration.target)")
            return call.end(.failure(error))
        }
        waiting.append(call)
        call.waitTimer = loop.assumeIsolated().scheduleTask(deadline: call.deadline) {
            call.giveUp(ServiceError(.deadlineExceeded, "no connection to \(self.configuration.target) in time"))
        }
        if case .idle = state { connect() }
    }

    private func connect() {
        guard let (host, port) = configuration.address else {
            return failWaiting("\"\(configuration.target)\" is not HOST:PORT", all: true)
        }
        let connection = ClientConnection(configuration: configuration, slot: self)
        state = .connecting(connection)
        connections[ObjectIdentifier(connection)] = connection
        ClientBootstrap(group: loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connectTimeout(.seconds(3))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(connection)
                }
            }
            .connect(host: host, port: port)
            .assumeIsolated()
            .whenFailure { _ in
                self.disconnected(connection, reason: "\(self.configuration.target) does not answer")
            }
    }

    /// The server's HELLO came.
    func connected(_ connection: ClientConnection) {
        guard case .connecting(let current) = state, current === connection else { return connection.close() }
        state = .open(connection)
        failures = 0
        announce()
        hasRoom(connection)
    }

    /// A stream ended or the connection came up: those that wait go on.
    func hasRoom(_ connection: ClientConnection) {
        guard case .open(let current) = state, current === connection else { return }
        while connection.canOpen, let call = waiting.popFirst() { connection.start(call) }
    }

    /// The server asked the client to go elsewhere: the next call connects anew.
    func draining(_ connection: ClientConnection) {
        if case .open(let current) = state, current === connection {
            state = .idle
            if !waiting.isEmpty { connect() }
        }
        connection.closeWhenIdle()
    }

    /// A connection, or the attempt at one, has ended.
    func disconnected(_ connection: ClientConnection, reason: String) {
        guard connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        switch state {
        case .open(let current) where current === connection:
            state = .idle
            if !waiting.isEmpty { connect() }
        case .connecting(let current) where current === connection: rest(reason: reason)
        case .idle, .connecting, .open, .resting, .closed: break
        }
    }

    private func rest(reason: String) {
        var wait = configuration.backoff
        for _ in 0..<min(failures, 32) where wait < configuration.longestBackoff { wait = wait * 16 / 10 }
        wait = min(wait, configuration.longestBackoff) * Int.random(in: 80...120) / 100
        failures += 1
        let until = NIODeadline.now() + TimeAmount(wait)
        state = .resting(until: until, reason: reason)
        failWaiting(reason, all: false)
        loop.assumeIsolated().scheduleTask(deadline: until) {
            guard case .resting = self.state else { return }
            self.state = .idle
            self.waiting.removeAll { $0.isEnded }
            if !self.waiting.isEmpty { self.connect() }
        }
    }

    /// The server answers again, as another slot has seen: the next call connects at once.
    func wakeUp() {
        guard case .resting = state else { return }
        state = .idle
        failures = 0
        waiting.removeAll { $0.isEnded }
        if !waiting.isEmpty { connect() }
    }

    private func failWaiting(_ reason: String, all: Bool) {
        for call in waiting where all || !call.options.waitForReady {
            call.end(.failure(ServiceError(.unavailable, reason, retryAfter: .seconds(1))))
        }
        waiting.removeAll { $0.isEnded }
    }

    /// Fails what waits and closes every connection.
    func close() {
        state = .closed
        failWaiting("the client is closed", all: true)
        for connection in connections.values { connection.close() }
    }
}
