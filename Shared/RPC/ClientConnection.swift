import NIOCore
import Wire

/// The shell around `ClientStateMachine`.
///
// SAFETY: touched only on its channel's event loop.
final class ClientConnection: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let configuration: ClientConfiguration
    private let slot: ClientSlot
    var machine: ClientStateMachine<ClientCall>
    var outbox: Outbox
    private var inbound = ByteBuffer()
    private var channel: (any Channel)?
    private var isReading = false
    private var isFlushScheduled = false
    private var wake: (at: NIODeadline, task: Scheduled<Void>)?
    private var closeReason: String?
    private var hasEnded = false

    init(configuration: ClientConfiguration, slot: ClientSlot) {
        self.configuration = configuration
        self.slot = slot
        machine = ClientStateMachine(limits: configuration.limits, now: .now())
        outbox = Outbox(frameLimit: configuration.limits.frame)
    }

    var canOpen: Bool { machine.canOpen && !hasEnded && outbox.waiting <= configuration.limits.outbound }

    /// Will never take a call again.
    var isSpent: Bool { machine.isSpent || hasEnded }

    // MARK: Channel

    /// A name with several addresses is tried with several channels; the first that connects is ours.
    func channelActive(context: ChannelHandlerContext) {
        guard channel == nil, !hasEnded else { return context.close(promise: nil) }
        channel = context.channel
        var greeting = ByteBuffer(bytes: FrameDecoder.preface)
        do throws(WireError) {
            greeting.writeFrame(try .hello(configuration.hello))
        } catch {
            return context.close(promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(greeting), promise: nil)
        scheduleWake()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasEnded, context.channel === channel else { return }
        isReading = true
        var bytes = unwrapInboundIn(data)
        while inbound.readableBytes > 0, bytes.readableBytes > 0, !hasEnded {
            inbound.completeFrame(from: &bytes)
            process()
        }
        guard bytes.readableBytes > 0, !hasEnded else { return }
        inbound = bytes
        process()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        giveBack()
        isReading = false
        flush()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) { flush() }

    func channelInactive(context: ChannelHandlerContext) {
        guard context.channel === channel else { return }
        channel = nil
        end()
    }

    /// Fails what is open; the slot may connect anew.
    private func end() {
        hasEnded = true
        wake?.task.cancel()
        let reason = closeReason ?? "the connection to \(configuration.target) was lost"
        for call in machine.disconnected() {
            call.end(.failed(.lost(ServiceError(.unavailable, reason, mayHaveRun: true))))
        }
        slot.disconnected(self, reason: reason)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard context.channel === channel else { return context.close(promise: nil) }
        if !(error is IOError), closeReason == nil {
            closeReason = "no TLS connection to \(configuration.target): \(TLSFailure(handshake: error))"
        }
        context.close(promise: nil)
    }

    // MARK: Calls

    /// Sends a call; ask `canOpen` first.
    func start(_ call: ClientCall) {
        guard !call.isEnded else { return }
        let now = NIODeadline.now()
        let timeout = call.deadline - now
        guard timeout > .zero else {
            let error = ServiceError(.deadlineExceeded, "the deadline passed before the call was sent")
            return call.end(.failed(.ended(error)))
        }
        let shape = call.method.shape
        let stream = machine.open(
            call, deadline: call.deadline, now: now, streamsReplies: shape.streamsReplies)
        call.placed = (self, stream)
        var header = RPCHeaders.CallHeader(call.method, call.options, timeout: .nanoseconds(timeout.nanoseconds))
        header.attempt = call.attempt
        if call.streams != nil, shape.streamsRequests {
            write(header, nil, stream: stream)
        } else {
            write(header, call.message, stream: stream)
        }
        if let streams = call.streams, !call.isEnded { begin(streams, of: call, stream: stream) }
        scheduleWake(by: min(call.deadline, machine.silenceWake))
        scheduleFlush()
    }

    /// - Parameter message: the one request; nil when a stream of requests follows.
    private func write(_ header: RPCHeaders.CallHeader, _ request: ByteBuffer?, stream: UInt32) {
        let message = request ?? ByteBuffer()
        let flags: Frame.Flags = request == nil ? .noMessage : .last
        let failure: ServiceError?
        do throws(WireError) {
            var large: ByteBuffer?
            failure = try Wire.encode(header) { count, pack -> ServiceError? in
                guard count <= configuration.limits.header else {
                    return ServiceError(
                        .invalidArgument, "a call's header has at most \(configuration.limits.header) bytes")
                }
                if outbox.fits(header: count, message: message.readableBytes) {
                    outbox.ready.writeFramePrefix(
                        .call, flags: flags, stream: stream, header: count, length: count + message.readableBytes)
                    outbox.ready.write(count, pack)
                    outbox.ready.writeImmutableBuffer(message)
                } else {
                    var packed = ByteBuffer()
                    packed.write(count, pack)
                    large = packed
                }
                return nil
            }
            if let large { outbox.appendLarge(stream: stream, header: large, message: message, isReply: false) }
        } catch {
            machine.cancel(stream)?.end(.failed(.ended(ServiceError(messageError: error, mayHaveRun: false))))
            return
        }
        if let failure { machine.cancel(stream)?.end(.failed(.ended(failure))) }
    }

    /// The caller gave up.
    func cancel(_ stream: UInt32, kind: ServiceError.Kind) {
        _ = machine.cancel(stream)
        outbox.drop(stream: stream)
        outbox.append(.cancel(stream: stream, kind: kind))
        scheduleFlush()
        callEnded()
    }

    private func callEnded() {
        if machine.isSpent, machine.openCalls == 0 { channel?.close(promise: nil) }
        slot.hasRoom(self)
    }

    // MARK: Actions

    private func process() {
        let now = NIODeadline.now()
        while true {
            switch machine.receive(&inbound, now: now) {
            case .needBytes:
                if inbound.readableBytes == 0 { inbound = ByteBuffer() }
                if let end = machine.partialFrameWake { scheduleWake(by: end) }
                return
            case .ready(let hello):
                outbox.greet(
                    maxFrame: hello.maxFrame, streamCredit: hello.streamCredit,
                    connectionCredit: hello.connectionCredit)
                slot.connected(self)
            case .initial(let call, let header):
                call.options.replyMetadata?.initial = ReplyMetadata.metadata(header.meta)
            case .message(let call, let message): call.streams?.replies.push(message.detached)
            case .giveCredit(let stream, let bytes): outbox.append(.credit(stream: stream, bytes: bytes))
            case .credit(let stream, let bytes):
                guard outbox.credit(stream, bytes) else {
                    return fail(ConnectionError(.flowControl, "CREDIT above 2^31 - 1"))
                }
            case .reply(let call, let header, let message):
                if let header, header.load > 0 { call.load = header.load }
                if let placed = call.placed, call.streams != nil { outbox.drop(stream: placed.stream) }
                if let header, let target = call.options.replyMetadata {
                    target.trailing = ReplyMetadata.metadata(header.meta)
                }
                if let header, let error = ServiceError(header) {
                    call.end(.failed(header.pushbackMs < 0 ? .final(error) : .answered(error)))
                } else {
                    call.end(.reply(message))
                }
                callEnded()
            case .failed(let call, let stream, let error):
                outbox.drop(stream: stream)
                outbox.append(.cancel(stream: stream, kind: .cancelled))
                call.end(.failed(.ended(error)))
                callEnded()
            case .refused(let call, let kind, let pushback):
                outbox.drop(stream: call.placed?.stream ?? 0)
                let error = ServiceError(kind, "\(configuration.target) takes no more calls now")
                call.end(.failed(.notRun(error, pushback: pushback, hasElsewhere: false)))
                callEnded()
            case .pong(let opaque): outbox.append(Frame(.pong, message: opaque))
            case .drained(let notRun):
                slot.draining(self)
                for call in notRun {
                    outbox.drop(stream: call.placed?.stream ?? 0)
                    let error = ServiceError(.unavailable, "\(configuration.target) stops")
                    call.end(.failed(.notRun(error, pushback: 0, hasElsewhere: false)))
                }
                callEnded()
            case .fail(let error): return fail(error)
            case .close(let error):
                closeReason = "\(configuration.target) closed the connection: \(error.reason)"
                channel?.close(promise: nil)
                return
            }
        }
    }

    private func fail(_ error: ConnectionError) {
        closeReason = "the connection to \(configuration.target) failed: \(error.reason)"
        outbox.append(.error(error))
        isReading = false
        flush()
        if let channel {
            channel.writeAndFlush(ByteBuffer()).whenComplete { _ in channel.close(promise: nil) }
            // A dead peer takes no bytes.
            channel.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
        }
        end()
    }

    /// Closes once no call is open.
    func closeWhenIdle() {
        if machine.openCalls == 0 { channel?.close(promise: nil) }
    }

    /// Closes now, or as soon as it connects.
    func close() {
        closeReason = closeReason ?? "the client is closed"
        if let channel { channel.close(promise: nil) } else { end() }
    }

    // MARK: Writing and time

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
        slot.hasRoom(self)
    }

    private func scheduleWake() {
        if let next = machine.nextWake { scheduleWake(by: next) }
    }

    private func scheduleWake(by next: NIODeadline) {
        guard let channel else { return }
        if let wake, wake.at <= next { return }
        wake?.task.cancel()
        wake = (next, channel.eventLoop.assumeIsolated().scheduleTask(deadline: next) { self.awake() })
    }

    private func awake() {
        wake = nil
        let (error, calls, ping) = machine.expired(at: .now())
        if let error { return fail(error) }
        for (stream, call) in calls {
            outbox.drop(stream: stream)
            outbox.append(.cancel(stream: stream, kind: .deadlineExceeded))
            let error = ServiceError(.deadlineExceeded, "no reply within the deadline", mayHaveRun: true)
            call.end(.failed(.ended(error)))
        }
        if ping { outbox.append(.ping(0)) }
        if !calls.isEmpty { callEnded() }
        scheduleFlush()
        scheduleWake()
    }
}
