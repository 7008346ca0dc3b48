package import NIOCore
package import Wire

/// The server's side of one connection, without socket, clock or task: bytes in, actions out. The shell performs each action before it
/// asks for the next one.
///
/// A stream is *receiving* while fragments of its one request arrive, *running* from `started` to `finished`; a cancelled call stays running,
/// and keeps its slot, until its handler has really ended. A stream of requests is *incoming* too until the call is answered.
package struct ServerStateMachine<Call> {
    package enum Action {
        /// Nothing more can be done with the bytes at hand.
        case needBytes
        /// The client's HELLO came: answer it.
        case greet(RPCHeaders.Hello)
        /// A request is whole; its deadline counts from the arrival of its first frame.
        case begin(stream: UInt32, header: RPCHeaders.CallHeader, message: ByteBuffer, deadline: NIODeadline)
        /// A stream of requests begins, with its first one when that came along, and its last when it has ended.
        case open(
            stream: UInt32, header: RPCHeaders.CallHeader, first: ByteBuffer?, isEnded: Bool, deadline: NIODeadline)
        /// The next request of a stream.
        case message(Call, ByteBuffer, isLast: Bool)
        /// No request comes any more.
        case ended(Call)
        /// Answer a call that runs; it goes on as a cancelled one.
        case abandon(Call, ServiceError)
        /// Send CREDIT.
        case giveCredit(stream: UInt32, Int)
        /// CREDIT came; for stream 0: for the connection.
        case credit(stream: UInt32, Int)
        /// Answer a call that is not run.
        case reply(stream: UInt32, ServiceError)
        case refuse(stream: UInt32, ServiceError.Kind, pushback: Int32)
        case pong(ByteBuffer)
        /// The answer to the PING of a drain came.
        case ponged
        case cancel(Call, ServiceError.Kind)
        /// The client misbehaves but breaks no rule: take no more calls.
        case calm(String)
        /// Send ERROR and close.
        case fail(ConnectionError)
        /// The client gave up the connection.
        case close
    }

    private enum Phase { case preface, hello, open, closed }

    private struct Receiving {
        var header: RPCHeaders.CallHeader
        var message: ByteBuffer
        var deadline: NIODeadline
        /// What it counts against the connection's budget.
        var charge: Int
    }

    private struct Running {
        var call: Call
        var deadline: NIODeadline
        var charge: Int
    }

    private let limits: Limits
    private let decoder: FrameDecoder
    private var phase = Phase.preface
    private var receiving: [UInt32: Receiving] = [:]
    private var running: [UInt32: Running] = [:]
    private var incoming: IncomingStreams
    /// Bytes of requests that are received or run.
    private var charged = 0
    private var pings: PingGuard
    private var cancels: RateLimit
    private let handshakeEnd: NIODeadline
    private var partialFrameEnd: NIODeadline?
    private var lastRead: NIODeadline
    private var isCalm = false
    /// The highest stream that was seen, and the highest that a drain still accepts.
    package private(set) var lastStream: UInt32 = 0
    private var lastAccepted = UInt32(Int32.max)

    package init(limits: Limits, now: NIODeadline) {
        self.limits = limits
        decoder = FrameDecoder(limits: limits)
        incoming = IncomingStreams(limits: limits)
        pings = PingGuard(limits: limits)
        cancels = RateLimit(perSecond: limits.cancelsPerSecond)
        handshakeEnd = now + TimeAmount(limits.handshake)
        lastRead = now
    }

    /// Calls that hold a slot.
    package var openCalls: Int { running.count + receiving.count }

    package var isOpen: Bool { phase == .open }

    // MARK: Bytes

    /// Takes what it can from the bytes and says what to do.
    package mutating func receive(_ buffer: inout ByteBuffer, now: NIODeadline) -> Action {
        if buffer.readableBytes > 0 { lastRead = now }
        do throws(ConnectionError) {
            while true {
                if phase == .closed {
                    buffer.clear()
                    return .needBytes
                }
                if isCalm {
                    isCalm = false
                    return .calm("too many cancelled calls")
                }
                if phase == .preface {
                    guard try decoder.takePreface(from: &buffer) else { return .needBytes }
                    phase = .hello
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
                if let action = try receive(frame, now: now) { return action }
            }
        } catch {
            phase = .closed
            return .fail(error)
        }
    }

    private mutating func receive(_ frame: Frame, now: NIODeadline) throws(ConnectionError) -> Action? {
        guard phase == .open else {
            guard frame.kind == .hello else { throw ConnectionError(.protocol, "HELLO comes first") }
            return try receiveHello(frame)
        }
        switch frame.kind {
        case .call: return try receiveCall(frame, now: now)
        case .data: return try receiveData(frame, now: now)
        case .cancel: return try receiveCancel(frame, now: now)
        case .ping:
            guard frame.stream == 0, frame.message.readableBytes == 8 else {
                throw ConnectionError(.protocol, "PING has 8 bytes on stream 0")
            }
            guard pings.allowsPing(at: now) else { return .calm("too many pings") }
            return .pong(frame.message)
        case .pong: return .ponged
        case .error, .drain:
            if frame.kind == .drain { return nil }
            phase = .closed
            return .close
        case .credit: return try receiveCredit(frame)
        case .hello, .reply, .refuse, .initial:
            throw ConnectionError(.protocol, "a client does not send \(frame.kind)")
        }
    }

    private mutating func receiveHello(_ frame: Frame) throws(ConnectionError) -> Action {
        guard frame.stream == 0 else { throw ConnectionError(.protocol, "HELLO is on stream 0") }
        let hello: RPCHeaders.Hello
        do throws(WireError) {
            hello = try frame.message.message(RPCHeaders.Hello.self)
        } catch {
            throw ConnectionError(.protocol, "HELLO cannot be read")
        }
        guard hello.minVersion <= 1, hello.maxVersion >= 1 else {
            throw ConnectionError(.version, "this server speaks version 1 only")
        }
        phase = .open
        return .greet(hello)
    }

    private mutating func receiveCall(_ frame: Frame, now: NIODeadline) throws(ConnectionError) -> Action? {
        let stream = frame.stream
        guard stream & 1 == 1, stream > lastStream, stream <= UInt32(Int32.max) else {
            throw ConnectionError(.protocol, "CALL's stream \(stream) is even, reused or descending")
        }
        lastStream = stream
        guard stream <= lastAccepted else { return .refuse(stream: stream, .unavailable, pushback: 0) }
        guard
            !frame.flags.contains(.noMessage)
                || (frame.message.readableBytes == 0 && !frame.flags.contains(.more))
        else { throw ConnectionError(.protocol, "CALL is flagged NONE and carries a message") }
        guard openCalls < limits.streams, charged + frame.message.readableBytes <= limits.assembling else {
            return .refuse(stream: stream, .resourceExhausted, pushback: 100)
        }
        let header: RPCHeaders.CallHeader
        do throws(WireError) {
            header = try frame.header.message(RPCHeaders.CallHeader.self)
        } catch {
            return .reply(stream: stream, ServiceError(.invalidArgument, "the call's header cannot be read"))
        }
        let timeout = header.timeoutMs == 0 ? limits.defaultTimeout : .milliseconds(Int64(header.timeoutMs))
        let deadline = now + TimeAmount(min(timeout, limits.longestTimeout))
        if frame.flags.contains(.more) {
            // A copy: a slice would keep the whole buffer that it came in, which the budget does not see.
            let entry = Receiving(
                header: header, message: ByteBuffer(bytes: frame.message.readableBytesView), deadline: deadline,
                charge: max(frame.message.readableBytes, 1024) + frame.header.readableBytes)
            charged += entry.charge
            receiving[stream] = entry
            return nil
        }
        let isLast = frame.flags.contains(.last)
        if !isLast || frame.flags.contains(.noMessage) {
            let first = frame.flags.contains(.noMessage) ? nil : frame.message
            return .open(stream: stream, header: header, first: first, isEnded: isLast, deadline: deadline)
        }
        return .begin(stream: stream, header: header, message: frame.message, deadline: deadline)
    }

    private mutating func receiveData(_ frame: Frame, now: NIODeadline) throws(ConnectionError) -> Action? {
        guard frame.stream <= lastStream, frame.stream & 1 == 1 else {
            throw ConnectionError(.protocol, "DATA before CALL on stream \(frame.stream)")
        }
        if incoming.knows(frame.stream) { return try receiveMessage(frame) }
        if frame.message.readableBytes == 0, !pings.allowsEmpty(at: now) { return .calm("too many empty frames") }
        guard var entry = receiving.removeValue(forKey: frame.stream) else {
            // Late frames of a stream that has ended are dropped; without tombstones nothing tells them from others.
            guard let call = running[frame.stream], call.deadline != .distantFuture else { return nil }
            throw ConnectionError(.protocol, "DATA after LAST on stream \(frame.stream)")
        }
        return receiveFragment(frame, of: &entry)
    }

    /// The next fragment of a call's one request.
    ///
    /// - Parameter entry: taken off the list and held by nobody else, or each fragment would copy the whole message.
    private mutating func receiveFragment(_ frame: Frame, of entry: inout Receiving) -> Action? {
        charged -= entry.charge
        let size = entry.message.readableBytes + frame.message.readableBytes
        guard size <= limits.message else {
            let limit = limits.message
            return .reply(
                stream: frame.stream, ServiceError(.resourceExhausted, "a request has at most \(limit) bytes"))
        }
        guard charged + size <= limits.assembling else {
            return .refuse(stream: frame.stream, .resourceExhausted, pushback: 100)
        }
        entry.message.writeImmutableBuffer(frame.message)
        guard frame.flags.contains(.more) else {
            guard frame.flags.contains(.last), !frame.flags.contains(.noMessage) else {
                let error = ServiceError(.invalidArgument, "a request that comes in fragments ends with LAST")
                return .reply(stream: frame.stream, error)
            }
            return .begin(
                stream: frame.stream, header: entry.header, message: entry.message, deadline: entry.deadline)
        }
        entry.charge += frame.message.readableBytes
        charged += entry.charge
        receiving[frame.stream] = entry
        return nil
    }

    /// A frame of a stream of requests.
    private mutating func receiveMessage(_ frame: Frame) throws(ConnectionError) -> Action? {
        let stream = frame.stream
        let arrival = try incoming.receive(frame, budget: max(0, limits.assembling - charged))
        guard let entry = running[stream] else { return nil }
        switch arrival {
        case .message(let message, let isLast): return .message(entry.call, message, isLast: isLast)
        case .end: return .ended(entry.call)
        case .fragment(let credit): return credit > 0 ? .giveCredit(stream: stream, credit) : nil
        case .tooLarge(let error):
            answered(stream)
            return .abandon(entry.call, error)
        }
    }

    private func receiveCredit(_ frame: Frame) throws(ConnectionError) -> Action {
        guard let bytes = frame.credit else { throw ConnectionError(.protocol, "CREDIT has 4 bytes, not 0") }
        guard frame.stream <= lastStream, frame.stream == 0 || frame.stream & 1 == 1 else {
            throw ConnectionError(.protocol, "CREDIT before CALL on stream \(frame.stream)")
        }
        return .credit(stream: frame.stream, bytes)
    }

    private mutating func receiveCancel(_ frame: Frame, now: NIODeadline) throws(ConnectionError) -> Action? {
        guard frame.stream <= lastStream, frame.stream & 1 == 1, frame.message.readableBytes == 2 else {
            throw ConnectionError(.protocol, "CANCEL names no call or has no code")
        }
        let code: UInt16 = frame.message.getInteger(at: frame.message.readerIndex, endianness: .little) ?? 1
        if let entry = receiving.removeValue(forKey: frame.stream) {
            charged -= entry.charge
            isCalm = !cancels.allows(at: now)
            return nil
        }
        // A cancellation that crosses the reply, or the deadline's answer, is no rapid reset.
        guard let entry = running[frame.stream], entry.deadline != .distantFuture else { return nil }
        answered(frame.stream)
        isCalm = !cancels.allows(at: now)
        return .cancel(entry.call, UInt8(exactly: code).flatMap(ServiceError.Kind.init) ?? .cancelled)
    }

    // MARK: Calls

    /// A handler suspended: its call, and the bytes of its request, are held until `finished`.
    package mutating func started(_ stream: UInt32, _ call: Call, bytes: Int, deadline: NIODeadline) {
        running[stream] = Running(call: call, deadline: deadline, charge: bytes)
        charged += bytes
    }

    /// Requests of the stream may come from now on; its call was `started`.
    ///
    /// - Parameter first: the one that came with the CALL.
    package mutating func opened(_ stream: UInt32, first: ByteBuffer?, isEnded: Bool) {
        incoming.open(stream, first: first, isEnded: isEnded)
    }

    /// The handler took requests of this weight (`MessagePipe`); the credit to give for them, 0: none.
    package mutating func read(_ stream: UInt32, weight: Int) -> Int { incoming.read(stream, weight: weight) }

    /// The credits to give because many streams keep a little each (`IncomingStreams`): to be asked after bytes came and after `read`.
    package mutating func reclaim() -> [(stream: UInt32, credit: Int)] { incoming.reclaim() }

    /// The call was answered while its handler runs: its deadline counts no more, its requests are dropped.
    package mutating func answered(_ stream: UInt32) {
        running[stream]?.deadline = .distantFuture
        incoming.forget(stream)
    }

    /// A handler ended.
    package mutating func finished(_ stream: UInt32) {
        pings.answered()
        if let entry = running.removeValue(forKey: stream) { charged -= entry.charge }
        incoming.forget(stream)
    }

    /// The call that runs on a stream.
    package func call(on stream: UInt32) -> Call? { running[stream]?.call }

    /// Every call that runs.
    package var runningCalls: [Call] { running.values.map(\.call) }

    // MARK: Time

    /// When `expired` must be called next; nil: not before something else happens.
    ///
    /// - Complexity: O(open calls); it is asked when time has run out for something, not at each call.
    package var nextWake: NIODeadline? {
        guard phase != .closed else { return nil }
        var earliest = phase == .open ? lastRead + TimeAmount(limits.idle) : handshakeEnd
        if let partialFrameEnd { earliest = min(earliest, partialFrameEnd) }
        for entry in running.values { earliest = min(earliest, entry.deadline) }
        for entry in receiving.values { earliest = min(earliest, entry.deadline) }
        return earliest
    }

    /// The end of a frame that has begun.
    package var partialFrameWake: NIODeadline? { partialFrameEnd }

    /// What time has run out for.
    package enum Expiry {
        /// The connection.
        case connection(ConnectionError)
        /// Calls that run, whose deadline then no longer counts, and streams whose request never became whole.
        case calls([Call], streams: [UInt32])
        /// Nothing came for long and nothing runs: ask the client to go.
        case idle
    }

    package mutating func expired(at now: NIODeadline) -> Expiry {
        if phase == .preface || phase == .hello, now >= handshakeEnd {
            phase = .closed
            return .connection(ConnectionError(.protocol, "no HELLO in time"))
        }
        if let partialFrameEnd, now >= partialFrameEnd {
            phase = .closed
            return .connection(ConnectionError(.protocol, "a frame was not finished in time"))
        }
        if now >= lastRead + TimeAmount(limits.idle) {
            if openCalls == 0 { return .idle }
            // An open call is life; silence counts anew, or `nextWake` would stay in the past.
            lastRead = now
        }
        var calls: [Call] = []
        for (stream, entry) in running where entry.deadline <= now {
            calls.append(entry.call)
            answered(stream)
        }
        let streams = receiving.filter { $0.value.deadline <= now }.map(\.key)
        for stream in streams { charged -= receiving.removeValue(forKey: stream)?.charge ?? 0 }
        return .calls(calls, streams: streams)
    }

    // MARK: Drain

    /// No call above the last stream is accepted from now on; returns that stream.
    package mutating func closeAdmission() -> UInt32 {
        lastAccepted = min(lastAccepted, lastStream)
        return lastAccepted
    }

    /// The connection is gone: gives back the calls that ran.
    package mutating func disconnected() -> [Call] {
        phase = .closed
        receiving = [:]
        return runningCalls
    }
}
