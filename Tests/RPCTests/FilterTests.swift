import Contracts
import InteropCases
import CoreMetrics
import Crypto
import Foundation
import InMemoryTracing
import RPC
import Runtime
import Support
import Testing
import Tracing

@Suite struct FilterTests {
    /// Notes what it is told.
    private struct Note: Filter {
        let name: String
        let log: Shared<[String]>
        var refusal: ServiceError?

        func begin(_ context: inout CallContext) throws(ServiceError) {
            if let refusal { throw refusal }
            log.withLock { $0.append("+\(name)") }
        }

        func end(_ context: CallContext, _ outcome: CallOutcome) {
            log.withLock { $0.append("-\(name) \(outcome.failure.map(\.name) ?? "OK")") }
        }
    }

    @Test(arguments: Transport.allCases)
    func `filters begin in their order and end in reverse, whatever the shape of the call`(
        _ transport: Transport
    ) async throws {
        let log = Shared<[String]>([])
        let chain: FilterChain = [Note(name: "a", log: log), Note(name: "b", log: log)]
        try await transport.serving(EchoService.routes(), filters: chain) { channel in
            try await Self.echo(channel)
            _ = await #expect(throws: ServiceError.self) {
                let _: CommonAPI.CodeReference = try await channel.call(
                    EchoService.fail, CommonAPI.CodeReference(), options: CallOptions())
            }
            let expected = [
                "+a", "+b", "-b OK", "-a OK", "+a", "+b", "-b FAILED_PRECONDITION", "-a FAILED_PRECONDITION",
            ]
            try await eventually { log.withLock { $0 } == expected }
        }
        log.withLock { $0 = [] }
        try await transport.serving(InteropAPI.routes(InteropService()), filters: chain) { channel in
            let request = InteropAPI.StreamingOutputCallRequest(
                responseParameters: [InteropAPI.ResponseParameters(size: 3)])
            for try await _ in InteropAPI.Client(channel).streamingOutputCall(request) {}
            try await eventually { log.withLock { $0 } == ["+a", "+b", "-b OK", "-a OK"] }
        }
    }

    @Test(arguments: Transport.allCases)
    func `a filter that refuses keeps the call from running, and those before it learn of it`(
        _ transport: Transport
    ) async throws {
        let log = Shared<[String]>([])
        let refusal = ServiceError(.failedPrecondition, "not today")
        let chain: FilterChain = [
            Note(name: "a", log: log), Note(name: "b", log: log, refusal: refusal), Note(name: "c", log: log),
        ]
        let calls = CallLog()
        try await transport.serving(EchoService.routes(log: calls), filters: chain) { channel in
            let error = await #expect(throws: ServiceError.self) {
                let _: CommonAPI.CodeReference = try await channel.call(
                    EchoService.sleep, CommonAPI.CodeReference(code: "0"), options: CallOptions())
            }
            #expect(error == refusal)
            #expect(log.withLock { $0 } == ["+a", "-a FAILED_PRECONDITION"])
            #expect(calls.begun == 0)
        }
    }

    @Test func `a filter of the client's side changes what is sent and is told how the call ended`() async throws {
        let log = Shared<[String]>([])
        try await Transport.tcp.serving(EchoService.routes()) { channel in
            let filtered = FilteredChannel(
                channel, peer: "test",
                filters: [
                    Note(name: "a", log: log),
                    AuthenticationFilter(tokens: nil, isRequired: false),
                    DeadlineFilter(margin: .milliseconds(10)),
                ])
            try await Self.echo(filtered)
            #expect(log.withLock { $0 } == ["+a", "-a OK"])
            let error = await #expect(throws: ServiceError.self) {
                try await Self.echo(filtered, options: CallOptions(timeout: .milliseconds(5)))
            }
            #expect(error?.kind == .deadlineExceeded)
            #expect(error?.mayHaveRun == false)
        }
    }

    @Test func `a token makes a caller known, an unknown one is refused, and where one must be known anonymity is`()
        async throws
    {
        let path = NSTemporaryDirectory() + "tokens-" + UUID().uuidString
        let digest = SHA256.hash(data: Data("secret".utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        try "# tokens\nnightly \(digest)\n".write(toFile: path, atomically: true, encoding: .utf8)
        let seen = Shared<[String]>([])
        let chain: FilterChain = [
            AuthenticationFilter(tokens: try TokenFile(path: path), isRequired: true), CallerNote(seen: seen),
        ]
        try await Transport.tcp.serving(EchoService.routes(), filters: chain) { channel in
            for (token, kind) in [(nil, true), ("wrong", true), ("secret", false)] as [(String?, Bool)] {
                let sent: any RPCChannel =
                    token.map { FilteredChannel(channel, peer: "", filters: [TokenFilter(token: $0)]) } ?? channel
                do {
                    try await Self.echo(sent)
                    #expect(!kind)
                } catch let error as ServiceError {
                    #expect(kind && error.kind == .unauthenticated)
                }
            }
            #expect(seen.withLock { $0 } == ["token:nightly"])
        }
        for wrong in ["nightly", "nightly abc", "a \(digest)\nb \(digest)"] {
            try wrong.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(throws: TLSFailure.self) { try TokenFile(path: path) }
        }
        try FileManager.default.removeItem(atPath: path)
    }

    private struct CallerNote: Filter {
        let seen: Shared<[String]>
        func begin(_ context: inout CallContext) throws(ServiceError) {
            seen.withLock { $0.append(context.caller.name) }
        }
    }

    @Test func `over the limit calls are shed at once, and the place is free when one ends`() async throws {
        let shedding = LoadSheddingFilter(limit: 1)
        let log = CallLog()
        try await Transport.tcp.serving(EchoService.routes(log: log), filters: [shedding]) { channel in
            let long = Task {
                let _: CommonAPI.CodeReference = try await channel.call(
                    EchoService.sleep, CommonAPI.CodeReference(code: "60000"),
                    options: CallOptions(timeout: .seconds(90)))
            }
            try await eventually { log.begun == 1 }
            let error = await #expect(throws: ServiceError.self) { try await Self.echo(channel) }
            #expect(error?.kind == .resourceExhausted)
            #expect(error?.reason == "overloaded")
            long.cancel()
            _ = await long.result
            try await eventually { shedding.count == 0 }
            try await Self.echo(channel)
        }
    }

    @Test(arguments: Transport.allCases)
    func `the span of a handler is the child of its caller's, and is current while the handler runs`(
        _ transport: Transport
    ) async throws {
        let tracer = InMemoryTracer()
        let isCurrent = Shared(false)
        let route = Route(EchoService.echo) {
            (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
            await Task.yield()
            let isSet = InstrumentationContext.current?.inMemorySpanContext != nil
            isCurrent.withLock { $0 = isSet }
            return request
        }
        try await transport.serving([route], filters: [TracingFilter(.server, tracer: tracer)]) { channel in
            try await Self.echo(
                FilteredChannel(channel, peer: "test", filters: [TracingFilter(.client, tracer: tracer)]))
            try await eventually { tracer.finishedSpans.count == 2 }
            #expect(isCurrent.withLock { $0 })
            let client = try #require(tracer.finishedSpans.first { $0.kind == .client })
            let server = try #require(tracer.finishedSpans.first { $0.kind == .server })
            #expect(server.parentSpanID == client.spanID)
            #expect(server.traceID == client.traceID)
            #expect(server.operationName == "test.Echo/Echo")
        }
    }

    @Test func `statistics count, and a bucket is at most an eighth wider than what falls into it`() async throws {
        let statistics = CallStatistics(methods: [EchoService.echo, EchoService.fail])
        try await Transport.unix.serving(EchoService.routes(), filters: [statistics]) { channel in
            for _ in 0..<3 { try await Self.echo(channel) }
            _ = await #expect(throws: ServiceError.self) {
                let _: CommonAPI.CodeReference = try await channel.call(
                    EchoService.fail, CommonAPI.CodeReference(), options: CallOptions())
            }
        }
        let methods = statistics.methods
        #expect(methods.map(\.method) == [EchoService.echo, EchoService.fail])
        #expect(methods.first?.counts.ended == [nil: 3])
        #expect(methods.last?.counts.ended == [.failedPrecondition: 1])
        #expect(methods.allSatisfy { $0.counts.inFlight == 0 })
        for time in [0, 1, 15, 16, 17, 100, 999, 12_345, 1 << 30] as [UInt64] {
            var histogram = LatencyHistogram()
            histogram.record(microseconds: time)
            let upper = try #require(histogram.buckets.first?.upper)
            #expect(upper >= time && Double(upper) <= Double(time) * 1.125 + 1, "\(time) → \(upper)")
        }
    }

    private static func echo(_ channel: any RPCChannel, options: CallOptions = CallOptions()) async throws {
        let sent = CommonAPI.CodeReference(code: "1")
        let reply: CommonAPI.CodeReference = try await channel.call(EchoService.echo, sent, options: options)
        #expect(reply == sent)
    }
}
