import NIOCore
import Wire

/// A call that a connection serves.
///
// SAFETY: its state is touched only on the connection's event loop; the task's executor is that loop.
final class ServerCall: @unchecked Sendable {
    let stream: UInt32
    let context: CallContext
    private let connection: ServerConnection
    private let arrived: ContinuousClock.Instant
    /// When its handler began; until then when it came.
    private var begun: ContinuousClock.Instant
    /// Its handler has not begun.
    private(set) var isWaiting = false
    /// The places that it holds until its handler ends.
    private var held: (places: [InFlight], since: NIODeadline)?
    private var task: Task<Void, Never>?
    private(set) var isFinished = false
    /// Set when the answer was given by a cancellation or the deadline, before the handler ended.
    private var isAnswered = false

    init(stream: UInt32, context: CallContext, connection: ServerConnection, begun: ContinuousClock.Instant) {
        self.stream = stream
        self.context = context
        self.connection = connection
        arrived = begun
        self.begun = begun
    }

    /// It waits for its turn.
    func waits() { isWaiting = true }

    /// Its turn has come.
    func begins() {
        guard isWaiting else { return }
        isWaiting = false
        begun = .now
    }

    /// Its handler has suspended.
    func hold(_ places: [InFlight], since: NIODeadline) {
        held = (places, since)
        for place in places { place.enter() }
    }

    /// What its reply says of the server.
    var times: ReplyTimes {
        ReplyTimes(
            server: UInt32(clamping: (.now - begun).microseconds),
            queue: UInt32(clamping: (begun - arrived).microseconds),
            load: connection.loop.load)
    }

    /// Runs the handler in place until it suspends.
    func run(_ body: @escaping @Sendable () async -> Void) {
        let task = Task.immediate(executorPreference: connection.executor) { await body() }
        if !isFinished { self.task = task }
    }

    /// The handler ended with a reply.
    func finish<Reply: WireMessage>(_ reply: Reply) {
        if !isAnswered { connection.send(reply, for: self) }
        end(nil)
    }

    /// The handler ended with an error, or the call was never run.
    func finish(_ error: ServiceError) {
        if !isAnswered { connection.send(error, stream: stream) }
        end(error.kind)
    }

    /// Answers at once, cancels the handler and leaves the slot taken until it ends.
    func abandon(_ error: ServiceError, answering: Bool) {
        guard !isFinished, !isAnswered else { return }
        isAnswered = true
        if answering { connection.send(error, stream: stream) }
        task?.cancel()
        guard isWaiting else { return }
        end(error.kind)
        connection.loop.buried()
    }

    private func end(_ kind: ServiceError.Kind?) {
        isFinished = true
        task = nil
        if let held {
            for place in held.places { place.leave(entered: held.since) }
            connection.loop.hasRoom()
        }
        connection.ended(self, kind: kind, duration: .now - begun)
    }
}
