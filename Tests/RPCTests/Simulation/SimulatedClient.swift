import NIOCore
import RPC
import Support
import Wire

/// The client's shell over its state machine and outbox, on simulated time.
final class SimulatedClient {
    private let time: SimulatedTime
    private let limits: Limits
    private let output: SimulatedLink
    private var generator: SeededGenerator
    private var machine: ClientStateMachine<SimulatedCall>
    private var outbox: Outbox
    private var inbound = ByteBuffer()
    private var wakeAt: NIODeadline?
    private var waiting: [SimulatedCall] = []
    private(set) var calls: [UInt32: SimulatedCall] = [:]
    private(set) var isClosed = false
    private(set) var isDraining = false
    private(set) var breaches: [String] = []

    init(time: SimulatedTime, limits: Limits, output: SimulatedLink, generator: SeededGenerator) {
        self.time = time
        self.limits = limits
        self.output = output
        self.generator = generator
        machine = ClientStateMachine(limits: limits, now: time.now)
        outbox = Outbox(frameLimit: limits.frame)
        var greeting = ByteBuffer(bytes: FrameDecoder.preface)
        greeting.writeFrame(Frame(.hello, message: Self.hello(limits)))
        output.send(greeting)
        output.onRoom = { [weak self] in self?.flush() }
        scheduleWake()
    }

    static func hello(_ limits: Limits) -> ByteBuffer {
        ByteBuffer(
            bytes: packed(
                RPCHeaders.Hello(
                    minVersion: 1, maxVersion: 1, maxFrame: UInt32(limits.frame), maxMessage: UInt32(limits.message),
                    maxStreams: UInt32(limits.streams), streamCredit: UInt32(limits.streamCredit),
                    connectionCredit: UInt32(limits.connectionCredit))))
    }

    static func packed(_ message: some WireMessage) -> [UInt8] {
        do { return try Wire.encode(message) } catch { preconditionFailure("\(error)") }
    }

    // MARK: Calls

    /// Makes a call as soon as there is room.
    func start(_ call: SimulatedCall) {
        guard !isClosed, !isDraining else { return call.end(.notRun, at: time.now) }
        waiting.append(call)
        startWaiting()
    }

    private func startWaiting() {
        while machine.canOpen, !waiting.isEmpty {
            let call = waiting.removeFirst()
            if call.outcome != nil { continue }
            guard call.deadline > time.now, !call.isCancelled else {
                call.end(.notRun, at: time.now)
                continue
            }
            open(call)
        }
        flush()
        scheduleWake()
    }

    private func open(_ call: SimulatedCall) {
        let stream = machine.open(call, deadline: call.deadline, now: time.now, streamsReplies: call.streamsReplies)
        call.stream = stream
        calls[stream] = call
        let left = max(1, (call.deadline - time.now).nanoseconds / 1_000_000)
        let header = ByteBuffer(
            bytes: Self.packed(RPCHeaders.CallHeader(method: call.shape.rawValue, timeoutMs: UInt32(left))))
        var first: [UInt8]? = call.requests.first
        var flags: Frame.Flags = .last
        if call.streamsRequests {
            let along = call.requests.first.map { $0.count < 1000 } ?? false
            // The three ways to open a stream that the specification knows.
            switch Int.random(in: 0..<3, using: &generator) {
            case 0 where along && call.requests.count == 1: break
            case 1 where along:
                flags = []
                call.unsent = call.requests.dropFirst()
            default:
                first = nil
                flags = .noMessage
                call.unsent = call.requests[...]
            }
        }
        let message = ByteBuffer(bytes: first ?? [])
        if outbox.fits(header: header.readableBytes, message: message.readableBytes) {
            outbox.append(Frame(.call, flags: flags, stream: stream, header: header, message: message))
        } else {
            outbox.appendLarge(stream: stream, header: header, message: message, isReply: false)
        }
        if call.unsent != nil {
            outbox.open(stream)
            outbox.wants(stream)
        }
    }

    func cancel(_ call: SimulatedCall) {
        guard call.outcome == nil else { return }
        call.isCancelled = true
        guard call.stream != 0, !isClosed else { return }
        _ = machine.cancel(call.stream)
        forget(call.stream, .cancelled)
        finish(call, .failed(.cancelled))
    }

    private func forget(_ stream: UInt32, _ kind: ServiceError.Kind) {
        outbox.drop(stream: stream)
        let code = ByteBuffer(integer: UInt16(kind.rawValue), endianness: .little)
        outbox.append(Frame(.cancel, stream: stream, message: code))
    }

    private func finish(_ call: SimulatedCall, _ outcome: SimulatedCall.Outcome) {
        call.end(outcome, at: time.now)
        startWaiting()
        if isDraining, machine.openCalls == 0 { disconnect() }
    }

    // MARK: Bytes

    func arrive(_ bytes: ByteBuffer?) {
        guard !isClosed else { return }
        guard var bytes else { return disconnect() }
        inbound.writeBuffer(&bytes)
        while !isClosed {
            let action = machine.receive(&inbound, now: time.now)
            if case .needBytes = action { break }
            perform(action)
        }
        inbound.discardReadBytes()
        giveBack()
        flush()
        scheduleWake()
    }

    private func perform(_ action: ClientStateMachine<SimulatedCall>.Action) {
        switch action {
        case .needBytes: break
        case .ready(let hello):
            outbox.greet(
                maxFrame: hello.maxFrame, streamCredit: hello.streamCredit, connectionCredit: hello.connectionCredit)
            startWaiting()
        case .initial: breaches.append("INIT that nobody sent")
        case .message(let call, let message):
            call.received.append(Array(buffer: message))
            // The application takes it when it likes.
            time.schedule(in: .microseconds(Int64.random(in: 0...3000, using: &generator))) { [self] in
                guard !isClosed else { return }
                give(machine.read(call.stream, weight: message.readableBytes + Frame.prefixLength), call.stream)
                giveBack()
                flush()
            }
        case .giveCredit(let stream, let bytes): give(bytes, stream)
        case .credit(let stream, let bytes):
            if !outbox.credit(stream, bytes) { breaches.append("a credit above the most") }
        case .reply(let call, let header, let message):
            outbox.drop(stream: call.stream)
            let kind = header.flatMap { ServiceError.Kind(rawValue: UInt8(clamping: $0.code)) }
            finish(call, kind.map { .failed($0) } ?? .ok(call.streamsReplies ? nil : Array(buffer: message)))
        case .failed(let call, let stream, let error):
            breaches.append("the call on \(stream) fails: \(error)")
            forget(stream, .cancelled)
            finish(call, .failed(error.kind))
        case .refused(let call, _, _):
            outbox.drop(stream: call.stream)
            finish(call, .notRun)
        case .pong(let opaque): outbox.append(Frame(.pong, message: opaque))
        case .drained(let notRun):
            isDraining = true
            for call in waiting where call.outcome == nil { call.end(.notRun, at: time.now) }
            waiting = []
            for call in notRun {
                outbox.drop(stream: call.stream)
                call.end(.notRun, at: time.now)
            }
            if machine.openCalls == 0 { disconnect() }
        case .fail(let error):
            breaches.append("the client fails the connection: \(error)")
            disconnect()
        case .close(let error):
            breaches.append("the server gave up the connection: \(error)")
            disconnect()
        }
    }

    private func giveBack() {
        for (stream, credit) in machine.reclaim() { give(credit, stream) }
    }

    private func give(_ credit: Int, _ stream: UInt32) {
        guard credit > 0 else { return }
        outbox.append(
            Frame(.credit, stream: stream, message: ByteBuffer(integer: UInt32(credit), endianness: .little)))
    }

    // MARK: Writing, time, the end

    private func flush() {
        guard !isClosed else { return }
        while output.isWritable {
            while let stream = outbox.nextTurn() { turn(stream) }
            guard let bytes = outbox.next() else { break }
            output.send(bytes)
        }
    }

    private func turn(_ stream: UInt32) {
        guard let call = machine.call(on: stream) else { return outbox.drop(stream: stream) }
        if let request = call.unsent?.popFirst() {
            outbox.put(ByteBuffer(bytes: request), stream)
        } else {
            outbox.idle(stream)
            guard call.unsent != nil else { return }
            call.unsent = nil
            outbox.append(Frame(.data, flags: [.last, .noMessage], stream: stream))
        }
    }

    private func scheduleWake() {
        guard !isClosed, let next = machine.nextWake, wakeAt.map({ next < $0 }) ?? true else { return }
        wakeAt = next
        time.schedule(at: next) { [self] in
            guard wakeAt == next else { return }
            wakeAt = nil
            awake()
        }
    }

    private func awake() {
        guard !isClosed else { return }
        let (error, late, ping) = machine.expired(at: time.now)
        if let error {
            breaches.append("the client gives up: \(error)")
            return disconnect()
        }
        for entry in late {
            forget(entry.stream, .deadlineExceeded)
            finish(entry.call, .failed(.deadlineExceeded))
        }
        if ping { outbox.append(Frame(.ping, message: ByteBuffer(integer: UInt64(0)))) }
        flush()
        scheduleWake()
    }

    /// The connection is gone, or given up.
    func disconnect() {
        guard !isClosed else { return }
        isClosed = true
        for call in waiting where call.outcome == nil { call.end(.notRun, at: time.now) }
        waiting = []
        for call in machine.disconnected() { call.end(.failed(.unavailable), at: time.now) }
        output.shut()
    }
}
