package import NIOCore
package import Wire

/// The server's side of one connection, without socket, clock or task: bytes in, actions out. The shell performs each action before it
/// asks for the next one.
///
/// A stream is *receiving* while fragments of its request arrive, *running* from `started` to `finished`; a cancelled call stays running, and
/// keeps its slot, until its handler has really ended.
package struct ServerStateMachine<Call> {
    package enum Action {
        /// Nothing more can be done with the bytes at hand.
        case needBytes
        /// The client's HELLO came: answer it.
        case greet(RPCHeaders.Hello)
        case begin(stream: UInt32, header: RPCHeaders.CallHeader, message: ByteBuffer)
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
    }

    private let limits: Limits
    private let decoder: FrameDecoder
    private var phase = Phase.preface
    private var receiving: [UInt32: Receiving] = [:]
    private var receivingBytes = 0
    private var running: [UInt32: (call: Call, deadline: NIODeadline)] = [:]
    private var pings: RateLimit
    private var cancels: RateLimit
    private let handshakeEnd: NIODeadline
    private var partialFrameEnd: NIODeadline?
    /// The highest stream that was seen, and the highest that a drain still accepts.
    package private(set) var lastStream: UInt32 = 0
    private var lastAccepted = UInt32(Int32.max)

    package init(limits: Limits, now: NIODeadline) {
        self.limits = limits
        decoder = FrameDecoder(limits: limits)
        pings = RateLimit(perSecond: limits.pingsPerSecond)
        cancels = RateLimit(perSecond: limits.cancelsPerSecond)
        handshakeEnd = now + TimeAmount(limits.handshake)
    }

    /// Calls that hold a slot.
    package var openCalls: Int { running.count + receiving.count }

    package var isOpen: Bool { phase == .open }

    // MARK: Bytes

    /// Takes what it can from the bytes and says what to do.
    package mutating func receive(_ buffer: inout ByteBuffer, now: NIODeadline) -> Action {
        do throws(ConnectionError) {
            while true {
                if phase == .closed { return .needBytes }
                if phase == .preface {
                    guard try decoder.takePreface(from: &buffer) else { return .needBytes }
                    phase = .hello
                }
                guard let frame = try decoder.next(from: &buffer) else {
                    if buffer.readableBytes == 0 {
                        partialFrameEnd = nil
                    } else if partialFrameEnd == nil {
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
        case .call: return try receiveCall(frame)
        case .data: return try receiveData(frame, now: now)
        case .cancel: return try receiveCancel(frame, now: now)
        case .ping:
            guard frame.stream == 0, frame.message.readableBytes == 8 else {
                throw ConnectionError(.protocol, "PING has 8 bytes on stream 0")
            }
            guard pings.allows(at: now) else { return .calm("too many pings") }
            return .pong(frame.message)
        case .pong: return .ponged
        case .error, .drain:
            if frame.kind == .drain { return nil }
            phase = .closed
            return .close
        case .credit: return nil
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

    private mutating func receiveCall(_ frame: Frame) throws(ConnectionError) -> Action? {
        let stream = frame.stream
        guard stream & 1 == 1, stream > lastStream, stream <= UInt32(Int32.max) else {
            throw ConnectionError(.protocol, "CALL's stream \(stream) is even, reused or descending")
        }
        lastStream = stream
        guard stream <= lastAccepted else { return .refuse(stream: stream, .unavailable, pushback: 0) }
        guard openCalls < limits.streams else { return .refuse(stream: stream, .resourceExhausted, pushback: 100) }
        let header: RPCHeaders.CallHeader
        do throws(WireError) {
            header = try frame.header.message(RPCHeaders.CallHeader.self)
        } catch {
            return .reply(stream: stream, ServiceError(.invalidArgument, "the call's header cannot be read"))
        }
        if frame.flags.contains(.more) {
            return beginReceiving(stream, header, frame.message)
        }
        guard frame.flags.contains(.last) else {
            return .reply(stream: stream, ServiceError(.unimplemented, "this server takes no client streams"))
        }
        return .begin(stream: stream, header: header, message: frame.message)
    }

    private mutating func beginReceiving(
        _ stream: UInt32, _ header: RPCHeaders.CallHeader, _ message: ByteBuffer
    ) -> Action? {
        guard receivingBytes + message.readableBytes <= limits.assembling else {
            return .refuse(stream: stream, .resourceExhausted, pushback: 100)
        }
        receivingBytes += message.readableBytes
        receiving[stream] = Receiving(header: header, message: message)
        return nil
    }

    private mutating func receiveData(_ frame: Frame, now: NIODeadline) throws(ConnectionError) -> Action? {
        guard frame.stream <= lastStream, frame.stream & 1 == 1 else {
            throw ConnectionError(.protocol, "DATA before CALL on stream \(frame.stream)")
        }
        if frame.message.readableBytes == 0, !pings.allows(at: now) { return .calm("too many empty frames") }
        // Late frames of a stream that has ended are dropped; without tombstones nothing tells them from others.
        guard var entry = receiving.removeValue(forKey: frame.stream) else { return nil }
        let size = entry.message.readableBytes + frame.message.readableBytes
        receivingBytes -= entry.message.readableBytes
        guard size <= limits.message else {
            let limit = limits.message
            return .reply(
                stream: frame.stream, ServiceError(.resourceExhausted, "a request has at most \(limit) bytes"))
        }
        guard receivingBytes + size <= limits.assembling else {
            return .refuse(stream: frame.stream, .resourceExhausted, pushback: 100)
        }
        entry.message.writeImmutableBuffer(frame.message)
        guard frame.flags.contains(.more) else {
            return .begin(stream: frame.stream, header: entry.header, message: entry.message)
        }
        receivingBytes += size
        receiving[frame.stream] = entry
        return nil
    }

    private mutating func receiveCancel(_ frame: Frame, now: NIODeadline) throws(ConnectionError) -> Action? {
        guard frame.stream <= lastStream, frame.stream & 1 == 1, frame.message.readableBytes == 2 else {
            throw ConnectionError(.protocol, "CANCEL names no call or has no code")
        }
        let code: UInt16 = frame.message.getInteger(at: frame.message.readerIndex, endianness: .little) ?? 1
        let allowed = cancels.allows(at: now)
        if let entry = receiving.removeValue(forKey: frame.stream) {
            receivingBytes -= entry.message.readableBytes
        } else if let entry = running[frame.stream] {
            let kind = UInt8(exactly: code).flatMap(ServiceError.Kind.init) ?? .cancelled
            if allowed { return .cancel(entry.call, kind) }
        }
        return allowed ? nil : .calm("too many cancelled calls")
    }

    // MARK: Calls

    /// A handler suspended: its call is held until `finished`. Returns when the shell must call `expired` at the latest.
    package mutating func started(_ stream: UInt32, _ call: Call, deadline: NIODeadline) {
        running[stream] = (call, deadline)
    }

    /// A handler ended.
    package mutating func finished(_ stream: UInt32) { running.removeValue(forKey: stream) }

    /// Every call that runs.
    package var runningCalls: [Call] { running.values.map(\.call) }

    // MARK: Time

    /// When `expired` must be called next; nil: not before something else happens.
    package var nextWake: NIODeadline? {
        guard phase != .closed else { return nil }
        var earliest: NIODeadline? = phase == .open ? nil : handshakeEnd
        for candidate in [partialFrameEnd, running.values.lazy.map(\.deadline).min()] {
            guard let candidate else { continue }
            earliest = min(earliest ?? candidate, candidate)
        }
        return earliest
    }

    /// What time has run out for: the connection (its error), or calls, whose deadline then no longer counts.
    package mutating func expired(at now: NIODeadline) -> (error: ConnectionError?, calls: [Call]) {
        if phase == .preface || phase == .hello, now >= handshakeEnd {
            phase = .closed
            return (ConnectionError(.protocol, "no HELLO in time"), [])
        }
        if let partialFrameEnd, now >= partialFrameEnd {
            phase = .closed
            return (ConnectionError(.protocol, "a frame was not finished in time"), [])
        }
        var calls: [Call] = []
        for (stream, entry) in running where entry.deadline <= now {
            calls.append(entry.call)
            running[stream]?.deadline = .distantFuture
        }
        return (nil, calls)
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
        receivingBytes = 0
        return runningCalls
    }
}
