package import NIOCore
package import Wire

/// The client's side of one connection, without socket, clock or task: bytes in, actions out.
package struct ClientStateMachine<Call> {
    package enum Action {
        case needBytes
        /// The server's HELLO came: calls may be made.
        case ready(RPCHeaders.Hello)
        /// The initial metadata of a call's reply.
        case initial(Call, RPCHeaders.InitHeader)
        /// The next reply of a stream.
        case message(Call, ByteBuffer)
        /// Send CREDIT.
        case giveCredit(stream: UInt32, Int)
        /// CREDIT came; for stream 0: for the connection.
        case credit(stream: UInt32, Int)
        /// A call ended: its header (nil when OK and empty) and message.
        case reply(Call, RPCHeaders.ReplyHeader?, ByteBuffer)
        /// A call failed after it was sent.
        case failed(Call, stream: UInt32, ServiceError)
        /// The server did not run the call; another may be tried after `pushback` milliseconds, never if it is -1.
        case refused(Call, ServiceError.Kind, pushback: Int32)
        case pong(ByteBuffer)
        /// No new calls on this connection; those above the last accepted stream were not run.
        case drained(notRun: [Call])
        case fail(ConnectionError)
        /// The server gave up the connection and says why.
        case close(ConnectionError)
    }

    private enum Phase { case hello, open, draining, closed }

    private let limits: Limits
    private let decoder: FrameDecoder
    private var phase = Phase.hello
    private var calls: [UInt32: (call: Call, deadline: NIODeadline)] = [:]
    private var fragments: [UInt32: ByteBuffer] = [:]
    private var fragmentBytes = 0
    private var incoming: IncomingStreams
    /// Streams of which INIT, or a DATA, has come.
    private var begun: Set<UInt32> = []
    private var nextStream: UInt32 = 1
    private var streamLimit = 0
    private let handshakeEnd: NIODeadline
    private var partialFrameEnd: NIODeadline?
    private var lastRead: NIODeadline
    private var pingSent: NIODeadline?
    /// Something was sent since the last byte came: silence counts from then on, however short each call is.
    private var hasSentSinceRead = false

    package init(limits: Limits, now: NIODeadline) {
        self.limits = limits
        decoder = FrameDecoder(limits: limits)
        incoming = IncomingStreams(limits: limits)
        handshakeEnd = now + TimeAmount(limits.handshake)
        lastRead = now
    }

    /// Calls that wait for a reply.
    package var openCalls: Int { calls.count }

    /// Whether a call may be made now.
    package var canOpen: Bool { phase == .open && calls.count < streamLimit && nextStream <= UInt32(Int32.max) }

    /// Whether the connection will never take a call again.
    package var isSpent: Bool { phase == .draining || phase == .closed || nextStream > UInt32(Int32.max) }

    /// Gives a call its stream.
    ///
    /// - Parameter streamsReplies: the replies are a stream.
    package mutating func open(
        _ call: Call, deadline: NIODeadline, now: NIODeadline, streamsReplies: Bool = false
    ) -> UInt32 {
        precondition(canOpen, "ask canOpen first")
        let stream = nextStream
        nextStream += 2
        if !hasSentSinceRead { lastRead = now }
        hasSentSinceRead = true
        calls[stream] = (call, deadline)
        if streamsReplies { incoming.open(stream) }
        return stream
    }

    /// The call that is open on a stream.
    package func call(on stream: UInt32) -> Call? { calls[stream]?.call }

    /// The caller took replies of this weight (`MessagePipe`); the credit to give for them, 0: none.
    package mutating func read(_ stream: UInt32, weight: Int) -> Int { incoming.read(stream, weight: weight) }

    /// The credits to give because many streams keep a little each (`IncomingStreams`): to be asked after bytes came and after `read`.
    package mutating func reclaim() -> [(stream: UInt32, credit: Int)] { incoming.reclaim() }

    /// The caller gave up: nil when the call had ended.
    package mutating func cancel(_ stream: UInt32) -> Call? {
        forget(stream)
        return calls.removeValue(forKey: stream)?.call
    }

    // MARK: Bytes

    /// Takes what it can from the bytes and says what to do.
    package mutating func receive(_ buffer: inout ByteBuffer, now: NIODeadline) -> Action {
        if buffer.readableBytes > 0 {
            lastRead = now
            pingSent = nil
            hasSentSinceRead = false
        }
        do throws(ConnectionError) {
            while true {
                if phase == .closed {
                    buffer.clear()
                    return .needBytes
                }
                let before = buffer.readableBytes
                guard let frame = try decoder.next(from: &buffer) else {
                    // Frames that were skipped count as finished.
                    if buffer.readableBytes == 0 || buffer.readableBytes < before { partialFrameEnd = nil }
                    if buffer.readableBytes > 0, partialFrameEnd == nil {
                        partialFrameEnd = now + TimeAmount(limits.partialFrame)
                    }
                    return .needBytes
                }
                partialFrameEnd = nil
                if let action = try receive(frame) { return action }
            }
        } catch {
            phase = .closed
            return .fail(error)
        }
    }

    private mutating func receive(_ frame: Frame) throws(ConnectionError) -> Action? {
        if frame.kind == .error {
            phase = .closed
            var message = frame.message
            let code = message.readInteger(endianness: .little, as: UInt16.self).flatMap(ConnectionCode.init)
            return .close(ConnectionError(code ?? .internal, String(buffer: message)))
        }
        guard phase != .hello else {
            guard frame.kind == .hello else { throw ConnectionError(.protocol, "HELLO comes first") }
            return try receiveHello(frame)
        }
        switch frame.kind {
        case .reply: return try receiveReply(frame)
        case .data: return try receiveData(frame)
        case .refuse: return try receiveRefuse(frame)
        case .drain: return try receiveDrain(frame)
        case .ping:
            guard frame.stream == 0, frame.message.readableBytes == 8 else {
                throw ConnectionError(.protocol, "PING has 8 bytes on stream 0")
            }
            return .pong(frame.message)
        case .initial: return try receiveInitial(frame)
        case .credit:
            guard let bytes = frame.credit else { throw ConnectionError(.protocol, "CREDIT has 4 bytes, not 0") }
            guard frame.stream == 0 || (frame.stream & 1 == 1 && frame.stream < nextStream) else {
                throw ConnectionError(.protocol, "CREDIT on stream \(frame.stream), which was never opened")
            }
            return .credit(stream: frame.stream, bytes)
        case .pong, .error: return nil
        case .cancel:
            guard let entry = calls.removeValue(forKey: frame.stream) else { return nil }
            forget(frame.stream)
            let error = ServiceError(.cancelled, "the server cancelled", mayHaveRun: true)
            return .failed(entry.call, stream: frame.stream, error)
        case .hello, .call: throw ConnectionError(.protocol, "a server does not send \(frame.kind)")
        }
    }

    private mutating func receiveHello(_ frame: Frame) throws(ConnectionError) -> Action {
        let hello: RPCHeaders.Hello
        do throws(WireError) {
            hello = try frame.message.message(RPCHeaders.Hello.self)
        } catch {
            throw ConnectionError(.protocol, "HELLO cannot be read")
        }
        guard hello.minVersion <= 1, hello.maxVersion >= 1 else {
            throw ConnectionError(.version, "this client speaks version 1 only")
        }
        streamLimit = min(limits.streams, hello.maxStreams == 0 ? limits.streams : Int(hello.maxStreams))
        phase = .open
        return .ready(hello)
    }

    private mutating func receiveInitial(_ frame: Frame) throws(ConnectionError) -> Action? {
        guard let entry = calls[frame.stream] else { return try dropped(frame) }
        guard begun.insert(frame.stream).inserted else {
            throw ConnectionError(.protocol, "INIT comes once and first")
        }
        do throws(WireError) {
            return .initial(entry.call, try frame.header.message(RPCHeaders.InitHeader.self))
        } catch {
            throw ConnectionError(.protocol, "INIT cannot be read")
        }
    }

    private mutating func receiveReply(_ frame: Frame) throws(ConnectionError) -> Action? {
        guard let entry = calls[frame.stream] else { return try dropped(frame) }
        var header: RPCHeaders.ReplyHeader?
        if let times = ReplyTimes(frame.header) {
            if frame.header.readableBytes > 0 { header = RPCHeaders.ReplyHeader(times) }
        } else {
            do throws(WireError) {
                header = try frame.header.message(RPCHeaders.ReplyHeader.self)
            } catch {
                throw ConnectionError(.protocol, "a reply's header cannot be read")
            }
        }
        // Only once nothing can fail any more: a call taken off before would end with nobody telling its caller.
        calls.removeValue(forKey: frame.stream)
        var message = frame.message
        if incoming.knows(frame.stream) {
            let isSenseless = incoming.hasPartial(frame.stream) || message.readableBytes > 0
            forget(frame.stream)
            if isSenseless, header?.code ?? 0 == 0 {
                let error = ServiceError(.internal, "the server ended a stream within a message", mayHaveRun: true)
                return .failed(entry.call, stream: frame.stream, error)
            }
            return .reply(entry.call, header, ByteBuffer())
        }
        if var begun = fragments.removeValue(forKey: frame.stream) {
            fragmentBytes -= begun.readableBytes
            begun.writeImmutableBuffer(message)
            message = begun
        }
        if !begun.isEmpty { begun.remove(frame.stream) }
        return .reply(entry.call, header, message)
    }

    private mutating func receiveData(_ frame: Frame) throws(ConnectionError) -> Action? {
        guard frame.flags.isDisjoint(with: [.last, .noMessage]) else {
            throw ConnectionError(.protocol, "a server ends a stream with REPLY")
        }
        guard let entry = calls[frame.stream] else { return try dropped(frame) }
        begun.insert(frame.stream)
        guard incoming.knows(frame.stream) else { return try receiveFragment(frame) }
        switch try incoming.receive(frame, budget: max(limits.assembling, limits.message) - fragmentBytes) {
        case .message(let message, _): return .message(entry.call, message)
        case .end: return nil
        case .fragment(let credit): return credit > 0 ? .giveCredit(stream: frame.stream, credit) : nil
        case .tooLarge(var error):
            calls.removeValue(forKey: frame.stream)
            forget(frame.stream)
            error.mayHaveRun = true
            return .failed(entry.call, stream: frame.stream, error)
        }
    }

    /// The next fragment of a call's one reply.
    private mutating func receiveFragment(_ frame: Frame) throws(ConnectionError) -> Action? {
        var begun = fragments.removeValue(forKey: frame.stream) ?? ByteBuffer()
        fragmentBytes -= begun.readableBytes
        guard begun.readableBytes + frame.message.readableBytes <= limits.message else {
            let call = calls.removeValue(forKey: frame.stream)
            forget(frame.stream)
            guard let call else { return nil }
            let error = ServiceError(
                .resourceExhausted, "the reply has more than \(limits.message) bytes", mayHaveRun: true)
            return .failed(call.call, stream: frame.stream, error)
        }
        begun.writeImmutableBuffer(frame.message)
        fragmentBytes += begun.readableBytes
        guard fragmentBytes <= max(limits.assembling, limits.message) else {
            throw ConnectionError(.flowControl, "unfinished replies take more than \(limits.assembling) bytes")
        }
        fragments[frame.stream] = begun
        return nil
    }

    private mutating func receiveRefuse(_ frame: Frame) throws(ConnectionError) -> Action? {
        var message = frame.message
        guard let (code, pushback) = message.readMultipleIntegers(endianness: .little, as: (UInt16, Int32).self) else {
            throw ConnectionError(.protocol, "REFUSE has a code and a pushback")
        }
        forget(frame.stream)
        guard let entry = calls.removeValue(forKey: frame.stream) else { return try dropped(frame) }
        let kind = UInt8(exactly: code).flatMap(ServiceError.Kind.init) ?? .unavailable
        return .refused(entry.call, kind, pushback: pushback)
    }

    private mutating func receiveDrain(_ frame: Frame) throws(ConnectionError) -> Action {
        guard let last: UInt32 = frame.message.getInteger(at: frame.message.readerIndex, endianness: .little) else {
            throw ConnectionError(.protocol, "DRAIN names a stream")
        }
        phase = .draining
        let notRun = calls.filter { $0.key > last }
        for stream in notRun.keys {
            calls.removeValue(forKey: stream)
            forget(stream)
        }
        return .drained(notRun: notRun.values.map(\.call))
    }

    /// A frame of a stream that has ended is dropped; of one that never began it is a breach.
    private func dropped(_ frame: Frame) throws(ConnectionError) -> Action? {
        guard frame.stream & 1 == 1, frame.stream < nextStream else {
            throw ConnectionError(.protocol, "\(frame.kind) on stream \(frame.stream), which was never opened")
        }
        return nil
    }

    /// Drops what has come of a stream that ended.
    private mutating func forget(_ stream: UInt32) {
        if let begun = fragments.removeValue(forKey: stream) { fragmentBytes -= begun.readableBytes }
        incoming.forget(stream)
        begun.remove(stream)
    }

    // MARK: Time

    /// The end of a frame that has begun.
    package var partialFrameWake: NIODeadline? { partialFrameEnd }

    /// When silence must be broken or given up.
    package var silenceWake: NIODeadline {
        pingSent.map { $0 + TimeAmount(limits.pingAnswer) } ?? lastRead + TimeAmount(limits.pingAfter)
    }

    /// When `expired` must be called next; nil: not before something else happens.
    ///
    /// - Complexity: O(open calls); it is asked when time has run out for something, not at each call.
    package var nextWake: NIODeadline? {
        if phase == .closed { return nil }
        var candidates: [NIODeadline] = phase == .hello ? [handshakeEnd] : []
        if let partialFrameEnd { candidates.append(partialFrameEnd) }
        if !calls.isEmpty {
            candidates.append(silenceWake)
            if let first = calls.values.lazy.map(\.deadline).min() { candidates.append(first) }
        }
        return candidates.min()
    }

    /// What time has run out for: the connection, calls (with their streams, to be cancelled), or silence that a PING must break.
    package mutating func expired(
        at now: NIODeadline
    ) -> (error: ConnectionError?, calls: [(stream: UInt32, call: Call)], ping: Bool) {
        var error: ConnectionError?
        if phase == .hello, now >= handshakeEnd { error = ConnectionError(.protocol, "no HELLO in time") }
        if let partialFrameEnd, now >= partialFrameEnd {
            error = ConnectionError(.protocol, "a frame was not finished in time")
        }
        if let pingSent, now >= pingSent + TimeAmount(limits.pingAnswer) {
            error = ConnectionError(.idle, "no answer to a ping")
        }
        if let error {
            phase = .closed
            return (error, [], false)
        }
        let late = calls.filter { $0.value.deadline <= now }.map { (stream: $0.key, call: $0.value.call) }
        for entry in late {
            calls.removeValue(forKey: entry.stream)
            forget(entry.stream)
        }
        let isSilent = pingSent == nil && !calls.isEmpty && now >= lastRead + TimeAmount(limits.pingAfter)
        if isSilent { pingSent = now }
        return (nil, late, isSilent)
    }

    /// The connection is gone: gives back the calls that had no reply.
    package mutating func disconnected() -> [Call] {
        phase = .closed
        defer {
            calls = [:]
            fragments = [:]
        }
        return calls.values.map(\.call)
    }
}
