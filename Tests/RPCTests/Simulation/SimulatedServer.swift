import NIOCore
import RPC
import Support
import Wire

/// The server's shell over its state machine and outbox, on simulated time, with handlers that do what a call's plan says.
final class SimulatedServer {
    private final class Run {
        let call: SimulatedCall
        var requests: [[UInt8]] = []
        var unread: [[UInt8]] = []
        var hasAll = false
        var isReading = false
        var unsent: ArraySlice<[UInt8]>
        var isAnswered = false
        var mayEnd = false

        init(call: SimulatedCall) {
            self.call = call
            unsent = call.replies[...]
        }
    }

    private let time: SimulatedTime
    private let limits: Limits
    private let output: SimulatedLink
    private var generator: SeededGenerator
    private let find: (UInt32) -> SimulatedCall?
    private var machine: ServerStateMachine<UInt32>
    private var outbox: Outbox
    private var inbound = ByteBuffer()
    private var runs: [UInt32: Run] = [:]
    private var wakeAt: NIODeadline?
    private var isDraining = false
    private var hasClosedAdmission = false
    private(set) var isClosed = false
    private(set) var hasDrained = false
    /// Streams whose handler began: none twice.
    private(set) var begun: Set<UInt32> = []
    private(set) var breaches: [String] = []

    init(
        time: SimulatedTime, limits: Limits, output: SimulatedLink, generator: SeededGenerator,
        find: @escaping (UInt32) -> SimulatedCall?
    ) {
        self.time = time
        self.limits = limits
        self.output = output
        self.generator = generator
        self.find = find
        machine = ServerStateMachine(limits: limits, now: time.now)
        outbox = Outbox(frameLimit: limits.frame)
        output.onRoom = { [weak self] in self?.flush() }
        scheduleWake()
    }

    /// Handlers that have not ended.
    var openCalls: Int { machine.openCalls }

    // MARK: Bytes

    func arrive(_ bytes: ByteBuffer?) {
        guard !isClosed else { return }
        guard var bytes else { return disconnect() }
        inbound.writeBuffer(&bytes)
        while !isClosed {
            let action = machine.receive(&inbound, now: time.now)
            if case .needBytes = action { break }
            perform(action)
            if machine.openCalls > limits.streams { breaches.append("more calls than slots") }
        }
        inbound.discardReadBytes()
        giveBack()
        flush()
        scheduleWake()
    }

    private func perform(_ action: ServerStateMachine<UInt32>.Action) {
        switch action {
        case .needBytes: break
        case .greet(let hello):
            outbox.greet(
                maxFrame: hello.maxFrame, streamCredit: hello.streamCredit, connectionCredit: hello.connectionCredit)
            outbox.append(Frame(.hello, message: SimulatedClient.hello(limits)))
        case .begin(let stream, let header, let message, let deadline):
            guard let run = begin(stream, header) else { return }
            machine.started(stream, stream, bytes: message.readableBytes, deadline: deadline)
            run.requests = [Array(buffer: message)]
            run.hasAll = true
            act(run)
        case .open(let stream, let header, let first, let isEnded, let deadline):
            guard let run = begin(stream, header) else { return }
            machine.started(stream, stream, bytes: 0, deadline: deadline)
            machine.opened(stream, first: first, isEnded: isEnded)
            if let first { run.unread.append(Array(buffer: first)) }
            run.hasAll = isEnded
            read(run)
        case .message(let stream, let message, let isLast):
            guard let run = runs[stream] else { return }
            run.unread.append(Array(buffer: message))
            run.hasAll = isLast
            read(run)
        case .ended(let stream):
            guard let run = runs[stream] else { return }
            run.hasAll = true
            read(run)
        case .giveCredit(let stream, let bytes): give(bytes, stream)
        case .credit(let stream, let bytes):
            if !outbox.credit(stream, bytes) { breaches.append("a credit above the most") }
        case .abandon(let stream, let error): abandon(stream, answering: error.kind)
        case .cancel(let stream, _):
            if let run = runs[stream], !run.call.isCancelled, run.call.deadline > time.now {
                breaches.append("a call is cancelled that nobody cancelled")
            }
            outbox.drop(stream: stream)
            abandon(stream, answering: nil)
        case .reply(let stream, let error): reply(stream, error.kind)
        case .refuse(let stream, let kind, let pushback):
            var payload = ByteBuffer()
            payload.writeMultipleIntegers(UInt16(kind.rawValue), pushback, endianness: .little)
            outbox.append(Frame(.refuse, stream: stream, message: payload))
        case .pong(let opaque): outbox.append(Frame(.pong, message: opaque))
        case .ponged: closeAdmission()
        case .calm(let reason): breaches.append("calm: \(reason)")
        case .fail(let error): fail(error)
        case .close: disconnect()
        }
    }

    private func fail(_ error: ConnectionError) {
        breaches.append("the server fails the connection: \(error)")
        disconnect()
    }

    // MARK: Handlers

    private func begin(_ stream: UInt32, _ header: RPCHeaders.CallHeader) -> Run? {
        if !begun.insert(stream).inserted { breaches.append("stream \(stream) begins twice") }
        guard let call = find(stream), header.method == call.shape.rawValue else {
            breaches.append("stream \(stream) was never called so")
            return nil
        }
        let run = Run(call: call)
        runs[stream] = run
        if call.streamsReplies {
            outbox.open(stream)
            if call.shape == .duplex { outbox.wants(stream) }
        }
        return run
    }

    /// Takes requests one by one, at the handler's pace.
    private func read(_ run: Run) {
        guard !run.isReading, !run.isAnswered else { return }
        guard !run.unread.isEmpty else {
            if run.hasAll { act(run) }
            return
        }
        run.isReading = true
        time.schedule(in: .microseconds(Int64.random(in: 0...3000, using: &generator))) { [self] in
            run.isReading = false
            guard !isClosed, !run.isAnswered, !run.unread.isEmpty else { return }
            let request = run.unread.removeFirst()
            run.requests.append(request)
            give(machine.read(run.call.stream, weight: request.count + Frame.prefixLength), run.call.stream)
            giveBack()
            read(run)
            flush()
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

    /// Every request is there.
    private func act(_ run: Run) {
        guard !run.mayEnd, !run.isAnswered else { return }
        if run.requests != run.call.requests {
            breaches.append("the requests of \(run.call.stream) are not those sent")
        }
        switch run.call.plan {
        case .never: return
        case .atOnce: end(run)
        case .later, .fails:
            time.schedule(in: .microseconds(Int64.random(in: 0...200_000, using: &generator))) { [self] in
                guard !isClosed, !run.isAnswered else { return }
                end(run)
                flush()
            }
        }
    }

    private func end(_ run: Run) {
        run.mayEnd = true
        if run.call.plan == .fails { run.unsent = [] }
        if run.call.streamsReplies { outbox.wants(run.call.stream) } else { conclude(run) }
    }

    /// The last frame of a call whose handler ended by itself.
    private func conclude(_ run: Run) {
        let stream = run.call.stream
        run.isAnswered = true
        outbox.drop(stream: stream)
        if run.call.plan == .fails {
            reply(stream, .failedPrecondition)
        } else {
            let message = run.call.streamsReplies ? [] : SimulatedCall.answer(to: run.requests)
            if outbox.fits(header: 0, message: message.count) {
                outbox.append(Frame(.reply, flags: .last, stream: stream, message: ByteBuffer(bytes: message)))
            } else {
                outbox.appendLarge(
                    stream: stream, header: ByteBuffer(), message: ByteBuffer(bytes: message), isReply: true)
            }
        }
        machine.finished(stream)
        runs.removeValue(forKey: stream)
    }

    private func reply(_ stream: UInt32, _ kind: ServiceError.Kind) {
        let header = RPCHeaders.ReplyHeader(code: UInt32(kind.rawValue))
        outbox.append(
            Frame(.reply, flags: .last, stream: stream, header: ByteBuffer(bytes: SimulatedClient.packed(header))))
    }

    /// The handler is cancelled; it ends when it likes.
    private func abandon(_ stream: UInt32, answering kind: ServiceError.Kind?) {
        guard let run = runs[stream], !run.isAnswered else { return }
        run.isAnswered = true
        outbox.drop(stream: stream)
        if let kind { reply(stream, kind) }
        time.schedule(in: .microseconds(Int64.random(in: 0...20_000, using: &generator))) { [self] in
            machine.finished(stream)
            runs.removeValue(forKey: stream)
            flush()
        }
    }

    // MARK: Writing, time, the end

    private func flush() {
        guard !isClosed else { return }
        while output.isWritable {
            while let stream = outbox.nextTurn() { turn(stream) }
            guard let bytes = outbox.next() else { break }
            output.send(bytes)
        }
        if hasClosedAdmission, machine.openCalls == 0, outbox.waiting == 0 {
            hasDrained = true
            disconnect()
        }
    }

    private func turn(_ stream: UInt32) {
        guard let run = runs[stream], !run.isAnswered else { return outbox.drop(stream: stream) }
        if let reply = run.unsent.popFirst() {
            outbox.put(ByteBuffer(bytes: reply), stream)
        } else {
            outbox.idle(stream)
            if run.mayEnd { conclude(run) }
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
        switch machine.expired(at: time.now) {
        case .connection(let error): return fail(error)
        case .idle: return drain()
        case .calls(let calls, let streams):
            for stream in calls { abandon(stream, answering: .deadlineExceeded) }
            for stream in streams { reply(stream, .deadlineExceeded) }
        }
        flush()
        scheduleWake()
    }

    func drain() {
        guard !isClosed, !isDraining else { return }
        isDraining = true
        guard machine.isOpen else { return disconnect() }
        sendDrain(UInt32(Int32.max))
        outbox.append(Frame(.ping, message: ByteBuffer(integer: UInt64(0))))
        flush()
        time.schedule(in: .seconds(1)) { [self] in closeAdmission() }
        time.schedule(in: TimeAmount(limits.drainGrace)) { [self] in
            guard !isClosed else { return }
            for stream in machine.runningCalls {
                machine.answered(stream)
                abandon(stream, answering: .unavailable)
            }
            flush()
            time.schedule(in: .milliseconds(200)) { [self] in
                hasDrained = true
                disconnect()
            }
        }
    }

    private func closeAdmission() {
        guard isDraining, !hasClosedAdmission, !isClosed else { return }
        hasClosedAdmission = true
        sendDrain(machine.closeAdmission())
        flush()
    }

    private func sendDrain(_ last: UInt32) {
        var payload = ByteBuffer()
        payload.writeMultipleIntegers(last, ConnectionCode.shutdown.rawValue, endianness: .little)
        outbox.append(Frame(.drain, message: payload))
    }

    /// The connection is gone, or given up: what was written before still travels.
    func disconnect() {
        guard !isClosed else { return }
        for stream in machine.disconnected() { abandon(stream, answering: nil) }
        isClosed = true
        output.shut()
    }
}
