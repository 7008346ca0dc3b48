import NIOCore
import Support
import Testing
import Wire

@testable import RPC

/// Streams in the pure state machines: each frame that is out of order has one outcome.
@Suite struct StreamMachineTests {
    private typealias Machine = ServerStateMachine<String>

    /// What happens on stream 1, opened as a stream of requests, and how it must end.
    static let breaches: [(String, [Frame], ConnectionCode)] = [
        ("DATA after LAST", [data("x", .last), data("y")], .protocol),
        ("DATA after an end of its own", [.endOfRequests(stream: 1), data("y")], .protocol),
        ("NONE without LAST", [Frame(.data, flags: .noMessage, stream: 1)], .protocol),
        (
            "NONE with a message",
            [Frame(.data, flags: [.noMessage, .last], stream: 1, message: ByteBuffer(string: "x"))], .protocol
        ),
        ("NONE within a message", [data("x", .more), .endOfRequests(stream: 1)], .protocol),
        ("a byte over the credit", [data(String(repeating: "x", count: 1013))], .flowControl),
        ("a byte over the connection's", [data(String(repeating: "x", count: 988)), data("yy", on: 3)], .flowControl),
        ("CREDIT of 0", [Frame(.credit, stream: 1, message: ByteBuffer(integer: UInt32(0)))], .protocol),
        ("CREDIT of 3 bytes", [Frame(.credit, stream: 1, message: ByteBuffer(string: "abc"))], .protocol),
        ("CREDIT of nothing", [.credit(stream: 5, bytes: 1)], .protocol),
        ("CREDIT of an even stream", [.credit(stream: 2, bytes: 1)], .protocol),
        ("INIT from a client", [Frame(.initial, stream: 1)], .protocol),
    ]

    @Test(arguments: breaches)
    func `a breach in a stream ends the connection with its code`(
        _ name: String, _ frames: [Frame], _ code: ConnectionCode
    ) {
        var limits = Limits()
        limits.streamCredit = 1024
        limits.connectionCredit = name == "a byte over the connection's" ? 1013 : 4096
        var server = serving(limits)
        open(&server, stream: 1)
        open(&server, stream: 3)
        var last: Machine.Action?
        for frame in frames { last = server.receive(frame) }
        guard case .fail(let error) = last else {
            Issue.record("\(name): \(String(describing: last))")
            return
        }
        #expect(error.code == code)
    }

    @Test func `requests come one by one, whole, and end`() {
        var server = serving()
        open(&server, stream: 1, first: "zero")
        #expect(text(server.receive(Self.data("one"))) == "one")
        #expect(text(server.receive(Self.data(""))) == "", "no bytes are a message")
        #expect(server.receive(Self.data("tw", .more)).isNeedBytes)
        #expect(text(server.receive(Self.data("o", .last))) == "two!")
        var other = serving()
        open(&other, stream: 1)
        guard case .ended("call 1") = other.receive(.endOfRequests(stream: 1)) else {
            Issue.record("no end")
            return
        }
    }

    @Test func `late frames of a stream that has been answered are dropped, and what it held is free`() {
        var limits = Limits()
        limits.streamCredit = 1024
        limits.connectionCredit = 1024
        var server = serving(limits)
        open(&server, stream: 1)
        _ = server.receive(Self.data(String(repeating: "x", count: 1000)))
        server.answered(1)
        #expect(server.receive(Self.data("late")).isNeedBytes)
        server.finished(1)
        #expect(server.receive(Self.data("later")).isNeedBytes)
        open(&server, stream: 3)
        #expect(text(server.receive(Self.data(String(repeating: "y", count: 1000), on: 3)))?.count == 1000)
    }

    @Test func `credit is given when half is taken`() {
        var limits = Limits()
        limits.streamCredit = 1024
        var server = serving(limits)
        open(&server, stream: 1)
        for _ in 0..<4 { _ = server.receive(Self.data(String(repeating: "x", count: 244))) }
        #expect(server.read(1, weight: 256) == 0)
        #expect(server.read(1, weight: 256) == 512)
        #expect(server.read(1, weight: 512) == 512)
    }

    @Test func `streams that keep less than half a window each do not keep the connection's credit together`() {
        var limits = Limits()
        limits.streamCredit = 1024
        limits.connectionCredit = 1536
        var server = serving(limits)
        let streams: [UInt32] = [1, 3, 5, 7]
        for stream in streams { open(&server, stream: stream) }
        // 384 on each: less than half a window, and together all that the connection has.
        for stream in streams { _ = server.receive(Self.data(String(repeating: "x", count: 372), on: stream)) }
        #expect(server.reclaim().isEmpty, "nobody has taken anything")
        for stream in streams { #expect(server.read(stream, weight: 384) == 0) }
        let credits = server.reclaim()
        #expect(credits.map(\.stream).sorted() == streams)
        #expect(credits.allSatisfy { $0.credit == 384 })
        #expect(server.reclaim().isEmpty, "once")
        #expect(text(server.receive(Self.data(String(repeating: "y", count: 1000), on: 3)))?.count == 1000)
    }

    @Test func `a message larger than the credit arrives when nothing lies before it, and not while something does`() {
        var limits = Limits()
        limits.streamCredit = 1024
        var server = serving(limits)
        open(&server, stream: 1)
        guard case .giveCredit(1, let credit) = server.receive(Self.data(String(repeating: "x", count: 1012), .more))
        else {
            Issue.record("no credit for a fragment")
            return
        }
        #expect(credit == 1024)
        #expect(text(server.receive(Self.data("x")))?.count == 1013)
        #expect(server.receive(Self.data(String(repeating: "y", count: 900), .more)).isNeedBytes)
        #expect(server.read(1, weight: 1025) >= 512)
    }

    @Test func `a message over the limit ends its call, not the connection`() {
        var limits = Limits()
        limits.message = 2000
        var server = serving(limits)
        open(&server, stream: 1)
        _ = server.receive(Self.data(String(repeating: "x", count: 1500), .more))
        guard case .abandon("call 1", let error) = server.receive(Self.data(String(repeating: "x", count: 501))) else {
            Issue.record("not abandoned")
            return
        }
        #expect(error.kind == .resourceExhausted)
        #expect(server.receive(Self.data("late")).isNeedBytes)
    }

    @Test func `a unary call takes no DATA after its request, and a request in fragments ends with LAST`() throws {
        var server = serving()
        let header = ByteBuffer(bytes: try Wire.encode(RPCHeaders.CallHeader(method: 1)))
        guard case .begin = server.receive(Frame(.call, flags: .last, stream: 1, header: header)) else { return }
        server.started(1, "call 1", bytes: 0, deadline: .distantFuture - .seconds(1))
        guard case .fail(let error) = server.receive(Self.data("x")) else {
            Issue.record("DATA after LAST")
            return
        }
        #expect(error.code == .protocol)
        var other = serving()
        _ = other.receive(Frame(.call, flags: .more, stream: 1, header: header))
        guard case .reply(1, let refusal) = other.receive(Self.data("x")) else {
            Issue.record("no LAST")
            return
        }
        #expect(refusal.kind == .invalidArgument)
    }

    @Test func `INIT comes to a client once and first, and a server ends with REPLY`() throws {
        for (frames, isBreach) in [
            ([Frame(.initial, stream: 1), Self.data("a")], false),
            ([Frame(.initial, stream: 1), Frame(.initial, stream: 1)], true),
            ([Self.data("a"), Frame(.initial, stream: 1)], true), ([Self.data("a", .last)], true),
            ([.endOfRequests(stream: 1)], true), ([.credit(stream: 3, bytes: 1)], true),
            ([Self.data("a"), Frame(.reply, flags: .last, stream: 1), Self.data("late")], false),
        ] {
            var client = ClientStateMachine<String>(limits: Limits(), now: .now())
            _ = client.receive(try .hello(RPCHeaders.Hello(minVersion: 1, maxVersion: 1)))
            #expect(client.open("call", deadline: .distantFuture, now: .now(), streamsReplies: true) == 1)
            var hasFailed = false
            for frame in frames {
                if case .fail = client.receive(frame) { hasFailed = true }
            }
            #expect(hasFailed == isBreach, "\(frames.map { ($0.kind, $0.flags.rawValue) })")
        }
    }

    @Test func `a reply that ends within a message fails the call`() throws {
        var client = ClientStateMachine<String>(limits: Limits(), now: .now())
        _ = client.receive(try .hello(RPCHeaders.Hello(minVersion: 1, maxVersion: 1)))
        _ = client.open("call", deadline: .distantFuture, now: .now(), streamsReplies: true)
        _ = client.receive(Self.data("half", .more))
        guard case .failed("call", 1, let error) = client.receive(Frame(.reply, flags: .last, stream: 1)) else {
            Issue.record("not failed")
            return
        }
        #expect(error.kind == .internal)
        #expect(error.mayHaveRun)
    }

    @Test(arguments: 0..<20)
    func `sender and receiver agree on every byte, whatever the sizes and whenever it is read`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var limits = Limits()
        limits.streamCredit = 1024
        limits.connectionCredit = 2048
        var server = serving(limits)
        var outbox = Outbox(frameLimit: 600)
        outbox.greet(maxFrame: 0, streamCredit: 1024, connectionCredit: 2048)
        let streams: [UInt32] = [1, 3, 5]
        var toSend: [UInt32: [ByteBuffer]] = [:]
        var expected: [UInt32: [String]] = [:]
        var queues: [UInt32: [String]] = [:]
        var received: [UInt32: [String]] = [:]
        for stream in streams {
            open(&server, stream: stream)
            outbox.open(stream)
            let texts = (0..<60).map { _ in
                String(
                    repeating: "m", count: Int.random(in: 0..<(Bool.random(using: &random) ? 40 : 3000), using: &random)
                )
            }
            expected[stream] = texts
            toSend[stream] = texts.map { ByteBuffer(string: $0) }
            outbox.wants(stream)
        }
        let decoder = FrameDecoder(limits: limits)
        var idle = 0
        while received.values.map(\.count).reduce(0, +) < 180, idle < 1000 {
            idle += 1
            while let stream = outbox.nextTurn() {
                if let message = toSend[stream]?.first {
                    toSend[stream]?.removeFirst()
                    outbox.put(message, stream)
                } else {
                    outbox.idle(stream)
                }
            }
            if var bytes = outbox.next() {
                while let frame = try decoder.next(from: &bytes) {
                    switch server.receive(frame) {
                    case .message(_, let message, _): queues[frame.stream, default: []].append(String(buffer: message))
                    case .giveCredit(let stream, let credit):
                        let accepted = outbox.credit(stream, credit)
                        #expect(accepted, "seed \(seed)")
                    case .needBytes: break
                    case let other: Issue.record("seed \(seed): \(other)")
                    }
                }
            }
            let reader = streams[Int.random(in: 0..<3, using: &random)]
            for _ in 0..<Int.random(in: 1..<4, using: &random) {
                guard let text = queues[reader]?.first else { break }
                queues[reader]?.removeFirst()
                received[reader, default: []].append(text)
                idle = 0
                let credit = server.read(reader, weight: text.utf8.count + MessagePipe.overhead)
                let accepted = credit == 0 || outbox.credit(reader, credit)
                #expect(accepted, "seed \(seed)")
            }
        }
        #expect(received == expected, "seed \(seed)")
    }

    // MARK: What the tests share

    static func data(_ text: String, _ flags: Frame.Flags = [], on stream: UInt32 = 1) -> Frame {
        Frame(.data, flags: flags, stream: stream, message: ByteBuffer(string: text))
    }

    /// A machine that has said HELLO.
    private func serving(_ limits: Limits = Limits()) -> Machine {
        var server = Machine(limits: limits, now: .now())
        var bytes = ByteBuffer(bytes: FrameDecoder.preface)
        _ = server.receive(&bytes, now: .now())
        do {
            _ = server.receive(try .hello(RPCHeaders.Hello(minVersion: 1, maxVersion: 1)))
        } catch {
            Issue.record(error)
        }
        return server
    }

    /// Opens a stream of requests.
    private func open(_ server: inout Machine, stream: UInt32, first: String? = nil) {
        var header = ByteBuffer()
        do {
            try header.writeMessage(RPCHeaders.CallHeader(method: 1, timeoutMs: 60_000))
        } catch {
            Issue.record(error)
        }
        let frame = Frame(
            .call, flags: first == nil ? .noMessage : [], stream: stream, header: header,
            message: ByteBuffer(string: first ?? ""))
        guard case .open(stream, _, let message, false, let deadline) = server.receive(frame) else {
            Issue.record("the stream does not open")
            return
        }
        #expect(message.map { String(buffer: $0) } == first)
        server.started(stream, "call \(stream)", bytes: 0, deadline: deadline)
        server.opened(stream, first: message, isEnded: false)
    }

    /// The text of a message that came; with "!" behind the last one.
    private func text(_ action: Machine.Action) -> String? {
        guard case .message(_, let message, let isLast) = action else { return nil }
        return String(buffer: message) + (isLast ? "!" : "")
    }
}

extension ServerStateMachine {
    fileprivate mutating func receive(_ frame: Frame) -> Action {
        var bytes = ByteBuffer()
        bytes.writeFrame(frame)
        return receive(&bytes, now: .now())
    }
}

extension ServerStateMachine.Action {
    fileprivate var isNeedBytes: Bool {
        if case .needBytes = self { true } else { false }
    }
}

extension ClientStateMachine {
    fileprivate mutating func receive(_ frame: Frame) -> Action {
        var bytes = ByteBuffer()
        bytes.writeFrame(frame)
        return receive(&bytes, now: .now())
    }
}
