import NIOCore

/// A client's place for one server on one event loop: at most one connection that takes calls, made anew after a loss.
///
// SAFETY: touched only on its event loop.
final class ClientSlot: @unchecked Sendable {
    private enum State {
        case idle
        case connecting(ClientConnection)
        case open(ClientConnection)
        /// A connect failed: none is tried before the backoff ends.
        case resting(reason: String)
        /// The server is no longer one of the target's, or the client is closed.
        case retired
    }

    let endpoint: Endpoint
    private let configuration: ClientConfiguration
    /// Outlives what it holds: connections that drain still report to it.
    private let pool: ClientPool
    private var state = State.idle
    private var backoff: Backoff
    private var load = EndpointLoad()
    private var ejection = Ejection()
    /// The server asked for no calls before this time.
    private var pushedBackUntil = NIODeadline.uptimeNanoseconds(0)
    /// Everything that is open, also what drains.
    private var connections: [ObjectIdentifier: ClientConnection] = [:]

    init(endpoint: Endpoint, configuration: ClientConfiguration, pool: ClientPool) {
        self.endpoint = endpoint
        self.configuration = configuration
        self.pool = pool
        backoff = Backoff(first: configuration.backoff, longest: configuration.longestBackoff)
    }

    // MARK: What the pool asks

    /// Whether a call can be sent now.
    var canTake: Bool {
        if case .open(let connection) = state { return connection.canOpen }
        return false
    }

    /// Whether it is also a good choice.
    func isGood(at now: NIODeadline) -> Bool { canTake && !ejection.isEjected(at: now) && now >= pushedBackUntil }

    /// Nothing is connected and nothing holds it back.
    var isIdle: Bool {
        switch state {
        case .idle: return true
        case .open(let connection) where connection.isSpent:
            state = .idle
            return true
        case .open, .connecting, .resting, .retired: return false
        }
    }

    /// Why no call can wait for it; nil while one can.
    var absence: String? {
        switch state {
        case .resting(let reason): reason
        case .retired: "\(configuration.target) has moved"
        case .idle, .connecting, .open: nil
        }
    }

    var hasEnded: Bool { connections.isEmpty }

    /// Whether another server could take a call that this one refused.
    var hasElsewhere: Bool { pool.hasElsewhere(than: self) }

    func cost(at now: NIODeadline) -> Double { load.cost(at: now) }

    // MARK: Calls

    /// Sends a call; ask `canTake` first.
    func start(_ call: ClientCall) {
        guard case .open(let connection) = state, !call.isEnded else { return }
        let now = NIODeadline.now()
        guard now < call.deadline else {
            let error = ServiceError(.deadlineExceeded, "the deadline passed before the call was sent")
            return call.end(.failed(.ended(error)))
        }
        // How long a stream is open says nothing of how busy the server is.
        if call.streams == nil { load.began(at: now) }
        call.sending(by: self, at: now)
        connection.start(call)
    }

    /// A call that was sent here has ended.
    func ended(_ outcome: ClientCall.Outcome, since begun: NIODeadline, load reported: UInt32?, isStream: Bool) {
        let now = NIODeadline.now()
        if !isStream { learn(outcome, since: begun, now, reported) }
        judge(outcome, now)
    }

    /// What the outcome says of how busy the server is.
    private func learn(_ outcome: ClientCall.Outcome, since begun: NIODeadline, _ now: NIODeadline, _ load: UInt32?) {
        switch outcome {
        case .reply, .failed(.answered), .failed(.final): self.load.answered(at: now, since: begun, load: load)
        case .failed(.notRun): self.load.refused(at: now)
        case .failed(.ended), .failed(.lost), .failed(.unreachable): self.load.gaveUp(at: now, since: begun)
        }
    }

    /// What the outcome says of whether the server is well.
    private func judge(_ outcome: ClientCall.Outcome, _ now: NIODeadline) {
        switch outcome {
        case .reply: ejection.succeeded()
        case .failed(.answered(let error)), .failed(.final(let error)):
            if error.kind == .unavailable { failed() } else { ejection.succeeded() }
        case .failed(.notRun(let error, let pushback, _)):
            guard error.kind == .resourceExhausted, pushback > 0 else { return }
            pushedBackUntil = now + .milliseconds(Int64(pushback))
        case .failed(.ended(let error)):
            if error.kind == .deadlineExceeded { failed() }
        case .failed(.lost), .failed(.unreachable):
            // The loss itself counts, once, not each call that was under way.
            break
        }
    }

    private func failed() {
        if ejection.failed() { pool.ejectIfOthers(self) }
    }

    func eject(at now: NIODeadline) -> NIODeadline {
        var generator = SystemRandomNumberGenerator()
        return ejection.eject(at: now, using: &generator)
    }

    func eject(until end: NIODeadline) { ejection.eject(until: end) }

    // MARK: Connections

    /// Connects; ask `isIdle` first.
    func connect() {
        let connection = ClientConnection(configuration: configuration, slot: self)
        state = .connecting(connection)
        connections[ObjectIdentifier(connection)] = connection
        Dialer(security: configuration.security).connect(to: endpoint, on: pool.loop, handler: connection)
            .assumeIsolated()
            .whenFailure { _ in
                self.disconnected(connection, reason: "\(self.configuration.target) does not answer")
            }
    }

    /// The server's HELLO came.
    func connected(_ connection: ClientConnection) {
        guard case .connecting(let current) = state, current === connection else { return connection.close() }
        state = .open(connection)
        backoff.reset()
        pool.reached(self)
    }

    /// A stream ended: those that wait go on.
    func hasRoom(_ connection: ClientConnection) {
        guard case .open(let current) = state, current === connection else { return }
        pool.hasRoom()
    }

    /// The server asked the client to go elsewhere: the next call connects anew.
    func draining(_ connection: ClientConnection) {
        if case .open(let current) = state, current === connection {
            state = .idle
            pool.lost(self)
        }
        connection.closeWhenIdle()
    }

    /// A connection, or the attempt at one, has ended.
    func disconnected(_ connection: ClientConnection, reason: String) {
        guard connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        switch state {
        case .open(let current) where current === connection:
            state = .idle
            failed()
            pool.lost(self)
        case .connecting(let current) where current === connection: rest(reason: reason)
        case .retired: pool.forget(self)
        case .idle, .connecting, .open, .resting: break
        }
    }

    private func rest(reason: String) {
        var generator = SystemRandomNumberGenerator()
        let wait = backoff.next(using: &generator)
        state = .resting(reason: reason)
        pool.isAway(self)
        pool.loop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) { self.endRest() }
    }

    private func endRest() {
        guard case .resting = state else { return }
        state = .idle
        pool.mayConnect()
    }

    /// The server answers again, as another event loop has seen: no need to rest.
    func wakeUp() {
        guard case .resting = state else { return }
        backoff.reset()
        endRest()
    }

    /// Takes no more calls; those under way go on.
    func retire() {
        if case .open(let connection) = state {
            state = .retired
            return connection.closeWhenIdle()
        }
        state = .retired
    }

    /// Closes every connection.
    func close() {
        state = .retired
        for connection in connections.values { connection.close() }
    }
}
