import Instrumentation
import NIOCore
import Synchronization
import Wire

/// A call that a connection serves; of one request as `UnaryCall`.
///
// SAFETY: its state is touched only on the connection's event loop, the task's executor being that loop; the metadata is behind a lock.
class ServerCall: @unchecked Sendable {
    /// How a call came.
    struct Arrival {
        var stream: UInt32
        var context: CallContext
        var connection: ServerConnection
        var at: NIODeadline
    }

    let stream: UInt32
    let context: CallContext
    let connection: ServerConnection
    private let arrived: NIODeadline
    /// When its handler began; until then when it came.
    private var begun: NIODeadline
    /// Its handler has not begun.
    private(set) var isWaiting = false
    /// The places that it holds until its handler ends.
    private var held: (server: InFlight, method: InFlight?, since: NIODeadline?)?
    private var task: Task<Void, Never>?
    private(set) var isFinished = false
    /// Set when the answer was given by a cancellation or the deadline, before the handler ended.
    private(set) var isAnswered = false
    /// The two directions of a streaming call.
    private var pipes: (requests: MessagePipe, replies: MessagePipe)?
    private var hasHandlerEnded = false
    /// The reply of a call of many requests, until its handler has ended.
    private var onlyReply: ByteBuffer?
    private let metadata = Mutex(SaidMetadata())

    private struct SaidMetadata {
        var hasInitial = false
        var hasReplied = false
        var trailing: Metadata?
    }

    init(_ arrival: consuming Arrival) {
        stream = arrival.stream
        context = arrival.context
        connection = arrival.connection
        arrived = arrival.at
        begun = arrival.at
    }

    /// It waits for its turn.
    func waits() { isWaiting = true }

    /// Its turn has come.
    func begins(at now: NIODeadline) {
        isWaiting = false
        begun = now
    }

    /// Its handler has suspended.
    ///
    /// - Parameter since: when its turn came; nil for a stream.
    func hold(_ server: InFlight, _ method: InFlight?, since: NIODeadline?) {
        held = (server, method, since)
        server.enter()
        method?.enter()
    }

    /// What its reply says of the server.
    var times: ReplyTimes {
        ReplyTimes(
            server: UInt32(clamping: (.now() - begun).nanoseconds / 1000),
            queue: UInt32(clamping: (begun - arrived).nanoseconds / 1000),
            load: connection.loop.load)
    }
    /// The context with which the handler says metadata.
    var handlerContext: CallContext {
        var context = context
        context.sink = self
        return context
    }

    /// What goes with the status.
    var trailing: Metadata? { metadata.withLock { $0.trailing } }

    /// Reads the request and runs the handler in place until it suspends; a call of streams has `run` instead.
    func begin(_ message: ByteBuffer) {}

    /// The handler runs, in place until it suspends.
    final func runs(_ task: Task<Void, Never>) {
        if !isFinished { self.task = task }
    }

    /// The handler ended with a reply.
    func finish<Reply: WireMessage>(_ reply: Reply) {
        if !isAnswered { connection.send(reply, for: self) }
        end(nil)
    }

    /// The handler ended with an error, or the call was never run.
    func finish(_ error: ServiceError) {
        if !isAnswered { connection.send(error, stream: stream, trailing: trailing) }
        end(error.kind)
    }

    /// Answers at once, cancels the handler and leaves the slot taken until it ends.
    func abandon(_ error: ServiceError, answering: Bool) {
        guard !isFinished, !isAnswered else { return }
        isAnswered = true
        if answering { connection.send(error, stream: stream) }
        pipes?.requests.abort(error)
        pipes?.replies.abort(error)
        task?.cancel()
        if hasHandlerEnded { end(error.kind) }
        guard isWaiting else { return }
        end(error.kind)
        connection.loop.buried()
    }

    private func end(_ kind: ServiceError.Kind?) {
        isFinished = true
        task = nil
        if let held {
            held.server.leave(entered: held.since)
            held.method?.leave(entered: held.since)
            connection.loop.hasRoom()
        }
        connection.ended(self, kind: kind, begun: begun)
    }

    // MARK: Streams

    /// Runs the handler of a streaming call.
    func run(_ handler: @escaping Route.StreamHandler, requests: MessagePipe, replies: MessagePipe) {
        pipes = (requests, replies)
        let portion = connection.requestPortion
        requests.report(every: portion) { [weak self] weight in self?.onLoop { $0.took(weight) } }
        replies.announce { [weak self] in self?.onLoop { $0.repliesWait() } }
        let context = handlerContext
        let body: @Sendable () async -> Void = { [self] in
            do throws(ServiceError) {
                try await handler(requests, replies, context)
                handlerEnded(nil)
            } catch {
                handlerEnded(error)
            }
        }
        runs(
            Task.immediate(executorPreference: connection.executor) {
                guard let instrumentation = context.instrumentation else { return await body() }
                await InstrumentationContext.withValue(instrumentation) { await body() }
            })
    }

    /// The next request came, the last one perhaps.
    func receive(_ request: ByteBuffer, isLast: Bool) {
        pipes?.requests.push(request.detached)
        if isLast { pipes?.requests.finish() }
    }

    /// No request comes any more.
    func receiveEnd() { pipes?.requests.finish() }

    /// The next thing to send; the connection asks when it is the stream's turn.
    func nextReply() -> MessagePipe.Taken {
        guard let pipes, !isAnswered else { return .nothing }
        let taken = pipes.replies.take()
        if case .message = taken { metadata.withLock { $0.hasReplied = true } }
        return taken
    }

    private func handlerEnded(_ error: ServiceError?) {
        hasHandlerEnded = true
        guard !isAnswered else { return end(error?.kind) }
        pipes?.replies.finish(throwing: error)
    }

    /// Every reply is on its way: the status follows. What the caller still sends is dropped.
    func conclude(_ error: ServiceError?) {
        guard !isFinished, !isAnswered else { return }
        if let error {
            connection.send(error, stream: stream, trailing: trailing)
        } else {
            connection.sendEnd(of: self, reply: onlyReply)
        }
        end(error?.kind)
    }

    private func repliesWait() {
        guard !isFinished, !isAnswered else { return }
        if context.method.shape.streamsReplies { return connection.wantsToSend(self) }
        while true {
            switch nextReply() {
            case .message(let reply): onlyReply = reply
            case .end(let error): return conclude(error)
            case .nothing: return
            }
        }
    }

    private func took(_ weight: Int) {
        if !isFinished, !isAnswered { connection.took(weight, of: self) }
    }

    private func onLoop(_ body: @escaping @Sendable (ServerCall) -> Void) {
        let loop = connection.executor.loop
        if loop.inEventLoop { body(self) } else { loop.execute { body(self) } }
    }
}

extension ServerCall: ReplyMetadataSink {
    func setInitial(_ metadata: Metadata) throws(ServiceError) {
        try metadata.checkReplySize()
        let isFirst = self.metadata.withLock { said in
            defer { said.hasInitial = true }
            return !said.hasInitial && !said.hasReplied
        }
        guard isFirst else {
            throw ServiceError(.failedPrecondition, "initial metadata is said once, before the first reply")
        }
        onLoop { call in
            if !call.isFinished, !call.isAnswered { call.connection.send(initial: metadata, stream: call.stream) }
        }
    }

    func setTrailing(_ metadata: Metadata) throws(ServiceError) {
        try metadata.checkReplySize()
        self.metadata.withLock { $0.trailing = metadata }
    }
}
