import Contracts
import Logging
import NIOCore
import RPC
import Support
import Testing
import Wire

/// What streams promise beyond the interop list, over each way to a server. One after the other: each of them fills a core, and other tests
/// have deadlines.
@Suite(.serialized) struct StreamTests {
    typealias Text = CommonAPI.CodeReference
    /// A deadline that no machine reaches, however much it has to do besides.
    static let patient = CallOptions(timeout: .seconds(60))
    static let count = method("test.Streams/Count", .serverStreaming)
    static let collect = method("test.Streams/Collect", .clientStreaming)
    static let chat = method("test.Streams/Chat", .bidirectional)

    static func method(_ name: String, _ shape: CallShape) -> RPC.Method {
        RPC.Method(fullName: name, id: RPC.Method.id(of: name), isIdempotent: false, shape: shape)
    }

    /// - Parameter written: counts what handlers have written or taken.
    static func routes(written: Shared<Int> = Shared(0), log: CallLog = CallLog(), gate: Gate? = nil) -> [Route] {
        [
            // As many replies of `title` as `code` says; fails at the end when `system` says so.
            Route(serverStreaming: count) {
                (request: Text, replies: ReplyWriter<Text>, _) async throws(ServiceError) in
                log.began()
                for number in 0..<(Int(request.code) ?? 0) {
                    do throws(ServiceError) {
                        try await replies.write(Text(code: "\(number)", title: request.title))
                    } catch {
                        log.ended(cancelled: Task.isCancelled)
                        throw error
                    }
                    written.withLock { $0 += 1 }
                }
                log.ended(cancelled: false)
                if !request.system.isEmpty { throw ServiceError(.dataLoss, request.system, mayHaveRun: true) }
            },
            // The codes in a row; ends early at "stop", fails at "fail".
            Route(clientStreaming: collect) { (requests: Requests<Text>, _) async throws(ServiceError) -> Text in
                await gate?.opened()
                var codes = ""
                for try await request in requests {
                    written.withLock { $0 += 1 }
                    if request.code == "stop" { break }
                    if request.code == "fail" { throw ServiceError(.aborted, "as asked") }
                    codes += request.code
                }
                return Text(code: codes)
            },
            Route(bidirectional: chat) {
                (requests: Requests<Text>, replies: ReplyWriter<Text>, _) async throws(ServiceError) in
                for try await request in requests { try await replies.write(request) }
            },
        ]
    }

    @Test(arguments: Transport.allCases)
    func `a reader that stands still holds up the writer, and gets everything when it goes on`(
        _ transport: Transport
    ) async throws {
        let written = Shared(0)
        try await transport.serving(Self.routes(written: written)) { channel in
            let request = Text(code: "3000", title: String(repeating: "x", count: 1000))
            let replies: Replies<Text> = channel.replies(Self.count, request, options: Self.patient)
            #expect(try await replies.next()?.code == "0")
            try await Task.sleep(for: .milliseconds(200))
            let ahead = written.withLock { $0 }
            #expect(ahead < 250, "a window and a pipe of 64 KiB each, and what TCP has taken nothing of")
            var expected = 1
            for try await reply in replies {
                #expect(reply.code == "\(expected)")
                expected += 1
            }
            #expect(expected == 3000)
        }
    }

    @Test(arguments: Transport.allCases)
    func `a handler that stands still holds up the sender`(_ transport: Transport) async throws {
        let sent = Shared(0)
        let gate = Gate()
        try await transport.serving(Self.routes(gate: gate)) { channel in
            let call: ClientStream<Text, Text> = channel.clientStream(Self.collect, options: Self.patient)
            let sender = Task {
                for _ in 0..<1000 {
                    try await call.send(Text(code: "x", title: String(repeating: "y", count: 1000)))
                    sent.withLock { $0 += 1 }
                }
            }
            try await Task.sleep(for: .milliseconds(200))
            let ahead = sent.withLock { $0 }
            #expect(ahead > 10 && ahead < 250)
            gate.open()
            try await sender.value
            #expect(try await call.finish().code.count == 1000)
        }
    }

    @Test(arguments: Transport.allCases)
    func `requests and replies flow at their own pace, in order, in thousands`(_ transport: Transport) async throws {
        try await transport.serving(Self.routes()) { channel in
            let call: DuplexStream<Text, Text> = channel.duplexStream(
                Self.chat, options: Self.patient)
            let sender = Task {
                for number in 0..<2000 { try await call.send(Text(code: "\(number)")) }
                call.finish()
            }
            var next = 0
            for try await reply in call.replies {
                #expect(reply.code == "\(next)")
                next += 1
            }
            #expect(next == 2000)
            try await sender.value
        }
    }

    @Test(arguments: Transport.allCases)
    func `messages far larger than the credit pass, those over the limit do not`(_ transport: Transport) async throws {
        try await transport.serving(Self.routes()) { channel in
            let call: DuplexStream<Text, Text> = channel.duplexStream(
                Self.chat, options: Self.patient)
            for size in [0, 65_000, 4_000_000, 1, 200_000] {
                let sent = Text(title: String(repeating: "é", count: size / 2))
                try await call.send(sent)
                let isSame = try await call.replies.next() == sent
                #expect(isSame)
            }
            let error = await #expect(throws: ServiceError.self) {
                try await call.send(Text(title: String(repeating: "x", count: 5_000_000)))
            }
            #expect(error?.kind == .resourceExhausted)
        }
    }

    @Test(arguments: Transport.allCases)
    func `replies that came before an error are read before it`(_ transport: Transport) async throws {
        try await transport.serving(Self.routes()) { channel in
            let replies: Replies<Text> = channel.replies(
                Self.count, Text(system: "the end", code: "20"), options: Self.patient)
            try await Task.sleep(for: .milliseconds(50))
            var seen = 0
            let error = await #expect(throws: ServiceError.self) {
                for try await _ in replies { seen += 1 }
            }
            #expect(seen == 20)
            #expect(error == ServiceError(.dataLoss, "the end", mayHaveRun: true))
        }
    }

    @Test(arguments: Transport.allCases)
    func `a reader that leaves its loop cancels the handler`(_ transport: Transport) async throws {
        let log = CallLog()
        try await transport.serving(Self.routes(log: log)) { channel in
            try await Self.readOne(channel)
            try await eventually { log.cancelled == 1 }
        }
    }

    private static func readOne(_ channel: any RPCChannel) async throws {
        let replies: Replies<Text> = channel.replies(
            count, Text(code: "1000000", title: "endless"), options: Self.patient)
        for try await reply in replies {
            #expect(reply.code == "0")
            break
        }
    }

    @Test(arguments: Transport.allCases)
    func `cancelling the task that reads cancels the handler`(_ transport: Transport) async throws {
        let log = CallLog()
        try await transport.serving(Self.routes(log: log)) { channel in
            let reader = Task {
                let replies: Replies<Text> = channel.replies(
                    Self.count, Text(code: "1000000", title: "endless"), options: Self.patient)
                for try await _ in replies { try await Task.sleep(for: .milliseconds(1)) }
            }
            try await eventually { log.begun == 1 }
            reader.cancel()
            await #expect(throws: (any Error).self) { try await reader.value }
            try await eventually { log.cancelled == 1 }
        }
    }

    @Test(arguments: Transport.allCases)
    func `a server that answers early ends the sending`(_ transport: Transport) async throws {
        try await transport.serving(Self.routes()) { channel in
            for (code, kind) in [("stop", nil), ("fail", ServiceError.Kind.aborted)] {
                let call: ClientStream<Text, Text> = channel.clientStream(Self.collect, options: Self.patient)
                try await call.send(Text(code: code))
                await #expect(throws: ServiceError.self) {
                    for _ in 0..<100_000 { try await call.send(Text(title: String(repeating: "x", count: 1000))) }
                }
                do throws(ServiceError) {
                    _ = try await call.finish()
                    #expect(kind == nil)
                } catch {
                    #expect(error.kind == kind)
                }
            }
        }
    }

    @Test(arguments: Transport.allCases)
    func `a deadline in the middle of a stream ends it on both sides`(_ transport: Transport) async throws {
        let log = CallLog()
        try await transport.serving(Self.routes(log: log)) { channel in
            // The deadline is for the handler, not for the connection.
            let none: Replies<Text> = channel.replies(Self.count, Text(), options: Self.patient)
            #expect(try await none.next() == nil)
            let replies: Replies<Text> = channel.replies(
                Self.count, Text(code: "1000000", title: String(repeating: "x", count: 1000)),
                options: CallOptions(timeout: .seconds(3)))
            let error = await #expect(throws: ServiceError.self) {
                while try await replies.next() != nil {
                    do { try await Task.sleep(for: .milliseconds(5)) } catch { return }
                }
            }
            #expect(error?.kind == .deadlineExceeded)
            try await eventually { log.cancelled == 1 }
        }
    }

    @Test(arguments: Transport.allCases)
    func `a hundred streams and as many unary calls share a connection`(_ transport: Transport) async throws {
        try await transport.serving(Self.routes() + EchoService.routes()) { channel in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        let replies: Replies<Text> = channel.replies(
                            Self.count, Text(code: "\(number)", title: String(repeating: "x", count: 2000)),
                            options: Self.patient)
                        var seen = 0
                        for try await _ in replies { seen += 1 }
                        return seen - number
                    }
                    group.addTask {
                        let sent = Text(code: "\(number)")
                        let reply: Text = try await channel.call(
                            EchoService.echo, sent, options: Self.patient)
                        return reply == sent ? 0 : 1
                    }
                }
                for try await difference in group { #expect(difference == 0) }
            }
        }
    }

    @Test(arguments: Transport.allCases)
    func `initial metadata is said once and before the first reply, and a reply's metadata is bounded`(
        _ transport: Transport
    ) async throws {
        let method = Self.method("test.Streams/Say", .serverStreaming)
        let refusals = Shared<[ServiceError.Kind]>([])
        let say = Route(serverStreaming: method) {
            (_: Text, replies: ReplyWriter<Text>, context) async throws(ServiceError) in
            var large = Metadata()
            try large.add("x", [UInt8](repeating: 1, count: 7000))
            for metadata in [large, Metadata(), Metadata()] {
                do throws(ServiceError) {
                    try context.setInitialMetadata(metadata)
                } catch {
                    refusals.withLock { $0.append(error.kind) }
                }
            }
            try await replies.write(Text())
        }
        try await transport.serving([say]) { channel in
            let replies: Replies<Text> = channel.replies(method, Text(), options: Self.patient)
            while try await replies.next() != nil {}
        }
        #expect(refusals.withLock { $0 } == [.invalidArgument, .failedPrecondition])
    }

    @Test func `a stream to a server that is away did not run`() async throws {
        let client = Client(to: "127.0.0.1:1")
        let replies: Replies<Text> = client.replies(Self.count, Text(code: "1"), options: Self.patient)
        let error = await #expect(throws: ServiceError.self) { try await replies.next() }
        #expect(error?.kind == .unavailable)
        #expect(error?.mayHaveRun == false)
        await client.close()
    }

    @Test func `a stream whose connection is lost may have run, and its handler is cancelled`() async throws {
        let log = CallLog()
        var limits = Limits()
        limits.drainGrace = .milliseconds(50)
        try await withServer(routes: Self.routes(log: log), limits: limits) { server, port in
            let client = Client(to: "127.0.0.1:\(port)")
            let replies: Replies<Text> = client.replies(
                Self.count, Text(code: "1000000", title: String(repeating: "x", count: 1000)), options: Self.patient)
            _ = try await replies.next()
            await server.drain()
            let error = await #expect(throws: ServiceError.self) { while try await replies.next() != nil {} }
            #expect(error?.kind == .unavailable)
            #expect(error?.mayHaveRun == true)
            try await eventually { log.cancelled == 1 }
            await client.close()
        }
    }

    @Test func `a drain lets a stream that ends in time come to its end`() async throws {
        try await withServer(routes: Self.routes()) { server, port in
            let client = Client(to: "127.0.0.1:\(port)")
            let call: DuplexStream<Text, Text> = client.duplexStream(Self.chat, options: Self.patient)
            try await call.send(Text(code: "1"))
            _ = try await call.replies.next()
            async let drained: Void = server.drain()
            try await Task.sleep(for: .milliseconds(100))
            try await call.send(Text(code: "2"))
            #expect(try await call.replies.next()?.code == "2")
            call.finish()
            #expect(try await call.replies.next() == nil)
            await drained
            await client.close()
        }
    }
}
