import NIOCore
import Wire

/// The shell around `ServerStateMachine`: reads, performs actions, writes with one flush a cycle.
///
// SAFETY: touched only on its channel's event loop.
final class ServerConnection: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let executor: LoopExecutor
    let server: Server
    let loop: ServerLoop
    var machine: ServerStateMachine<ServerCall>
    var outbox: Outbox
    private var inbound = ByteBuffer()
    private var channel: (any Channel)?
    private(set) var peer = ""
    let began = NIODeadline.now()
    /// What its connections are counted by: the address; nil for loopback and unix sockets.
    private(set) var countedPeer: String?
    private var age: Scheduled<Void>?
    /// Who is at the other end.
    var caller = Caller.anonymous
    private var isReading = false
    private var isFlushScheduled = false
    private var wake: (at: NIODeadline, task: Scheduled<Void>)?
    private var isDraining = false
    private var hasClosedAdmission = false
    private var isClosing = false
    private var hasFailed = false
    /// What both sides accept.
    private(set) var messageLimit: Int

    init(server: Server, loop: any EventLoop) {
        self.server = server
        executor = LoopExecutor.of(loop)
        self.loop = server.loop(loop)
        machine = ServerStateMachine(limits: server.configuration.limits, now: .now())
        outbox = Outbox(frameLimit: server.configuration.limits.frame)
        messageLimit = server.configuration.limits.message
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) {
        channel = context.channel
        peer = context.remoteAddress?.rpcDescription ?? "unknown"
        countedPeer = context.remoteAddress?.countedPeer
        scheduleWake()
    }

    func channelActive(context: ChannelHandlerContext) {
        guard server.admit(self) else { return context.close(promise: nil) }
        var generator = SystemRandomNumberGenerator()
        let longest = Backoff.jittered(server.configuration.limits.connectionAge, percent: 10, using: &generator)
        age = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(longest)) {
            self.drain(
                code: .idle, reason: "the connection is old", grace: self.server.configuration.limits.longestTimeout)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasFailed else { return }
        isReading = true
        var bytes = unwrapInboundIn(data)
        while inbound.readableBytes > 0, bytes.readableBytes > 0, !hasFailed {
            inbound.completeFrame(from: &bytes)
            process()
        }
        guard bytes.readableBytes > 0, !hasFailed else { return }
        inbound = bytes
        process()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        giveBack()
        isReading = false
        flush()
    }

    /// The peer is known (`PeerGate`).
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let known = event as? Caller { caller = known }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) { flush() }

    func channelInactive(context: ChannelHandlerContext) {
        for call in machine.disconnected() {
            call.abandon(ServiceError(.cancelled, "the connection is gone"), answering: false)
        }
        wake?.task.cancel()
        age?.cancel()
        server.forget(self)
        channel = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    // MARK: Actions

    private func process() {
        let now = NIODeadline.now()
        while true {
            switch machine.receive(&inbound, now: now) {
            case .needBytes:
                if inbound.readableBytes == 0 { inbound = ByteBuffer() }
                if let end = machine.partialFrameWake { scheduleWake(by: end) }
                // A peer that sends and never reads is not answered without end.
                if outbox.waiting > 2 * server.configuration.limits.outbound { channel?.close(promise: nil) }
                return
            case .greet(let hello): greet(hello)
            case .begin(let stream, let header, let message, let deadline):
                begin(stream, header, message, deadline, now)
            case .open(let stream, let header, let first, let isEnded, let deadline):
                guard let call = admit(stream, header, deadline, now) else { break }
                open(call.call, call.route, first: first, isEnded: isEnded, until: deadline)
            case .message(let call, let message, let isLast): call.receive(message, isLast: isLast)
            case .ended(let call): call.receiveEnd()
            case .abandon(let call, let error):
                outbox.drop(stream: call.stream)
                call.abandon(error, answering: true)
            case .giveCredit(let stream, let bytes): give(bytes, to: stream)
            case .credit(let stream, let bytes):
                guard outbox.credit(stream, bytes) else {
                    return fail(ConnectionError(.flowControl, "CREDIT above 2^31 - 1"))
                }
            case .reply(let stream, let error): send(error, stream: stream)
            case .refuse(let stream, let kind, let pushback):
                outbox.append(.refuse(stream: stream, kind: kind, pushback: pushback))
            case .pong(let opaque): outbox.append(Frame(.pong, message: opaque))
            case .ponged: closeAdmission()
            case .cancel(let call, let kind):
                outbox.drop(stream: call.stream)
                call.abandon(ServiceError(kind, "the caller cancelled"), answering: false)
            case .calm(let reason): drain(code: .calm, reason: reason)
            case .fail(let error): return fail(error)
            case .close:
                channel?.close(promise: nil)
                return
            }
        }
    }

    private func greet(_ hello: RPCHeaders.Hello) {
        outbox.greet(
            maxFrame: hello.maxFrame, streamCredit: hello.streamCredit, connectionCredit: hello.connectionCredit)
        if hello.maxMessage > 0 { messageLimit = min(messageLimit, Int(hello.maxMessage)) }
        do throws(WireError) {
            outbox.append(try .hello(server.configuration.hello))
        } catch {
            fail(ConnectionError(.internal, "HELLO cannot be packed"))
        }
    }

    private func begin(
        _ stream: UInt32, _ header: RPCHeaders.CallHeader, _ message: ByteBuffer, _ deadline: NIODeadline,
        _ now: NIODeadline
    ) {
        guard let (route, call) = admit(stream, header, deadline, now) else { return }
        if let handler = route.stream { return begin(call, handler, .whole(message), until: deadline) }
        take(call, route, message, until: deadline, now: now)
    }

    /// What serves a call; nil when it was answered already.
    private func admit(
        _ stream: UInt32, _ header: RPCHeaders.CallHeader, _ deadline: NIODeadline, _ now: NIODeadline
    ) -> (route: Route, call: ServerCall)? {
        guard outbox.waiting <= server.configuration.limits.outbound else {
            outbox.append(.refuse(stream: stream, kind: .resourceExhausted, pushback: 100))
            return nil
        }
        guard let route = server.route(header) else {
            let name = header.path.isEmpty ? "with id \(header.method)" : "\"\(header.path)\""
            send(ServiceError(.unimplemented, "this server has no method \(name)"), stream: stream)
            return nil
        }
        do throws(ServiceError) {
            var context = try CallContext(
                header, method: route.method, end: deadline, peer: peer, caller: caller)
            if !server.configuration.filters.isEmpty { try server.configuration.filters.begin(&context) }
            return (
                route, route.makeCall(.init(stream: stream, context: context, connection: self, at: now))
            )
        } catch {
            send(error, stream: stream)
            return nil
        }
    }

    // MARK: Replies

    /// Packs a reply in place behind its frame's 12 bytes.
    func send<Reply: WireMessage>(_ reply: Reply, for call: ServerCall) {
        guard channel != nil else { return }
        guard outbox.waiting <= server.configuration.limits.outbound else {
            return send(
                ServiceError(.resourceExhausted, "the caller reads too slowly", mayHaveRun: true), stream: call.stream)
        }
        var large: ByteBuffer?
        let limit = messageLimit
        if call.trailing != nil { return sendWithMetadata(reply, for: call) }
        let times = call.times
        let extra = times.size
        do throws(WireError) {
            let size = try Wire.encode(reply) { count, pack in
                if outbox.fits(header: extra, message: count) {
                    outbox.ready.writeFramePrefix(
                        .reply, flags: .last, stream: call.stream, header: extra, length: extra + count)
                    times.write(to: &outbox.ready)
                    outbox.ready.write(count, pack)
                } else if count <= limit {
                    var buffer = ByteBuffer()
                    buffer.write(count, pack)
                    large = buffer
                }
                return count
            }
            guard size <= limit else {
                let error = ServiceError(
                    .resourceExhausted, "the reply has \(size) bytes, over \(limit)", mayHaveRun: true)
                return send(error, stream: call.stream)
            }
        } catch {
            return send(ServiceError(messageError: error, mayHaveRun: true), stream: call.stream)
        }
        if let large {
            var header = ByteBuffer()
            times.write(to: &header)
            outbox.appendLarge(stream: call.stream, header: header, message: large, isReply: true)
        }
        scheduleFlush()
    }

    /// Answers with an error.
    func send(_ error: ServiceError, stream: UInt32, trailing: Metadata? = nil) {
        guard channel != nil else { return }
        outbox.drop(stream: stream)
        var header = ByteBuffer()
        do throws(WireError) {
            var reply = error.replyHeader
            if let trailing { reply.meta = trailing.meta }
            try header.writeMessage(reply)
        } catch {
            header.clear()
        }
        // A peer with the smallest frames gets the kind alone.
        if header.readableBytes > outbox.frameLimit, !error.message.isEmpty {
            return send(ServiceError(error.kind, "", mayHaveRun: error.mayHaveRun), stream: stream)
        }
        outbox.append(Frame(.reply, flags: .last, stream: stream, header: header))
        scheduleFlush()
    }

    /// A handler ended.
    func ended(_ call: ServerCall, kind: ServiceError.Kind?, begun: NIODeadline) {
        machine.finished(call.stream)
        let filters = server.configuration.filters
        if !filters.isEmpty {
            let duration = Duration.nanoseconds((.now() - begun).nanoseconds)
            filters.end(call.context, CallOutcome(failure: kind, duration: duration))
        }
        if hasClosedAdmission { closeWhenIdle() }
    }

    // MARK: Writing

    func scheduleFlush() {
        guard !isReading, !isFlushScheduled, let channel else { return }
        isFlushScheduled = true
        channel.eventLoop.execute { self.flush() }
    }

    private func flush() {
        isFlushScheduled = false
        guard let channel else { return }
        var wrote = false
        while channel.isWritable {
            fillOutbox()
            guard let bytes = outbox.next() else { break }
            channel.write(bytes, promise: nil)
            wrote = true
        }
        if wrote { channel.flush() }
        if hasClosedAdmission { closeWhenIdle() }
    }

    func fail(_ error: ConnectionError) {
        outbox.append(.error(error))
        isReading = false
        hasFailed = true
        flush()
        for call in machine.disconnected() {
            call.abandon(ServiceError(.cancelled, error.reason), answering: false)
        }
        closeBehindWrites(within: .seconds(1))
    }

    /// Closes when everything that was written has left (closing at once would drop it), at the latest after a time: a peer
    /// may have stopped reading.
    private func closeBehindWrites(within time: TimeAmount) {
        guard let channel else { return }
        if !isClosing {
            isClosing = true
            channel.writeAndFlush(ByteBuffer()).whenComplete { _ in channel.close(promise: nil) }
        }
        channel.eventLoop.assumeIsolated().scheduleTask(in: time) { channel.close(promise: nil) }
    }

    // MARK: Time

    private func scheduleWake() {
        if let next = machine.nextWake { scheduleWake(by: next) }
    }

    func scheduleWake(by next: NIODeadline) {
        guard let channel else { return }
        if let wake, wake.at <= next { return }
        wake?.task.cancel()
        wake = (next, channel.eventLoop.assumeIsolated().scheduleTask(deadline: next) { self.awake() })
    }

    private func awake() {
        wake = nil
        switch machine.expired(at: .now()) {
        case .connection(let error): return fail(error)
        case .idle: return drain(code: .idle, reason: "nothing was called for long")
        case .calls(let calls, let streams):
            for call in calls {
                outbox.drop(stream: call.stream)
                let state = call.isWaiting ? "waited for its turn" : "ran"
                let error = ServiceError(
                    .deadlineExceeded, "the deadline passed while the call \(state)", mayHaveRun: !call.isWaiting)
                call.abandon(error, answering: true)
            }
            for stream in streams {
                send(
                    ServiceError(.deadlineExceeded, "the deadline passed before the request was whole"), stream: stream)
            }
        }
        scheduleWake()
    }

    // MARK: Drain

    /// Asks the client to go elsewhere: DRAIN for all streams, one round trip so that calls under way are not lost, then DRAIN for
    /// what came since.
    ///
    /// - Parameter grace: after it calls that still run are cancelled; nil: the server's own for a stop.
    func drain(code: ConnectionCode = .shutdown, reason: String = "the server stops", grace: Duration? = nil) {
        guard let channel, !isDraining else { return }
        isDraining = true
        guard machine.isOpen else {
            channel.close(promise: nil)
            return
        }
        outbox.append(.drain(last: UInt32(Int32.max), code: code, reason: reason))
        outbox.append(.ping(0))
        scheduleFlush()
        let loop = channel.eventLoop.assumeIsolated()
        loop.scheduleTask(in: .seconds(1)) { self.closeAdmission() }
        loop.scheduleTask(in: TimeAmount(grace ?? server.configuration.limits.drainGrace)) { self.abort() }
    }

    private func closeAdmission() {
        guard isDraining, !hasClosedAdmission, channel != nil else { return }
        hasClosedAdmission = true
        outbox.append(.drain(last: machine.closeAdmission(), code: .shutdown, reason: "the server stops"))
        flush()
        closeWhenIdle()
    }

    private func closeWhenIdle() {
        if machine.openCalls == 0, outbox.waiting == 0, !isClosing { closeBehindWrites(within: .seconds(10)) }
    }

    /// The grace is over: cancels what still runs and closes.
    func abort() {
        for call in machine.runningCalls {
            call.abandon(ServiceError(.unavailable, "the server stopped", mayHaveRun: true), answering: true)
            machine.answered(call.stream)
        }
        flush()
        closeBehindWrites(within: .milliseconds(200))
    }
}

extension ByteBuffer {
    /// Appends exactly `count` bytes that `pack` writes.
    mutating func write(_ count: Int, _ pack: (UnsafeMutableRawBufferPointer) -> Void) {
        writeWithUnsafeMutableBytes(minimumWritableBytes: count) { target in
            pack(UnsafeMutableRawBufferPointer(rebasing: target[0..<count]))
            return count
        }
    }
}
