import Contracts
import Logging
import NIOCore
import NIOPosix
import RPC
import Testing
import Wire

/// The same behaviour over TCP, TLS, a unix socket and in process.
@Suite struct TransportTests {
    @Test(arguments: Transport.allCases)
    func `a message comes back as it was sent`(_ transport: Transport) async throws {
        try await with(transport) { channel, _ in
            let sent = CommonAPI.CodeReference(system: "icd10cm", code: "E11.9", title: "Ünïcödé ☃ \0 and NUL")
            let reply: CommonAPI.CodeReference = try await channel.call(EchoService.echo, sent, options: CallOptions())
            #expect(reply == sent)
            let empty: CommonAPI.CodeReference = try await channel.call(
                EchoService.echo, CommonAPI.CodeReference(), options: CallOptions())
            #expect(empty == CommonAPI.CodeReference())
        }
    }

    @Test(arguments: Transport.allCases, [65_000, 65_536, 271_828, 4_000_000])
    func `large messages are cut and put together`(_ transport: Transport, _ size: Int) async throws {
        try await with(transport) { channel, _ in
            let sent = CommonAPI.CodeReference(title: String(repeating: "é", count: size / 2))
            let reply: CommonAPI.CodeReference = try await channel.call(EchoService.echo, sent, options: CallOptions())
            #expect(reply == sent)
        }
    }

    @Test(arguments: Transport.allCases)
    func `a message over the limit is refused before it is sent`(_ transport: Transport) async throws {
        try await with(transport) { channel, _ in
            let sent = CommonAPI.CodeReference(title: String(repeating: "x", count: 5_000_000))
            await #expect(throws: ServiceError.self) {
                let _: CommonAPI.CodeReference = try await channel.call(EchoService.echo, sent, options: CallOptions())
            }
        }
    }

    @Test(arguments: Transport.allCases)
    func `an error carries kind, message, field, reason and advice`(_ transport: Transport) async throws {
        try await with(transport) { channel, _ in
            let message = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"
            let error = await #expect(throws: ServiceError.self) {
                let _: CommonAPI.CodeReference = try await channel.call(
                    EchoService.fail, CommonAPI.CodeReference(title: message), options: CallOptions())
            }
            let expected = ServiceError(
                .failedPrecondition, message, field: "code", reason: "because", mayHaveRun: true,
                retryAfter: .seconds(2))
            #expect(error == expected)
        }
    }

    @Test(arguments: Transport.allCases)
    func `an unknown method is UNIMPLEMENTED`(_ transport: Transport) async throws {
        try await with(transport) { channel, _ in
            let error = await #expect(throws: ServiceError.self) {
                let _: CommonAPI.CodeReference = try await channel.call(
                    EchoService.method("test.Echo/Nothing"), CommonAPI.CodeReference(), options: CallOptions())
            }
            #expect(error?.kind == .unimplemented)
        }
    }

    @Test(arguments: Transport.allCases)
    func `the context carries trace, key, request id, metadata and principal`(_ transport: Transport) async throws {
        try await with(transport) { channel, _ in
            var options = CallOptions(requestID: "r-1", principal: [7])
            let traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            options.trace = TraceContext(traceparent: traceparent)
            options.idempotencyKey = IdempotencyKey(Array(1...16))
            try options.metadata.add("x", [1, 2])
            let reply: CommonAPI.CodeReference = try await channel.call(
                EchoService.describe, CommonAPI.CodeReference(), options: options)
            #expect(reply.system == traceparent)
            #expect(reply.code == String(describing: Array(UInt8(1)...16)))
            #expect(reply.title == "r-1 [1, 2] [7]")
        }
    }

    @Test(arguments: Transport.allCases)
    func `a call past its deadline fails and its handler is cancelled`(_ transport: Transport) async throws {
        try await with(transport) { channel, log in
            // Long enough to connect on a crowded machine: a call that still waits for its connection has not run.
            let error = await #expect(throws: ServiceError.self) {
                let _: CommonAPI.CodeReference = try await channel.call(
                    EchoService.sleep, CommonAPI.CodeReference(code: "60000"),
                    options: CallOptions(timeout: .seconds(3)))
            }
            #expect(error?.kind == .deadlineExceeded)
            #expect(error?.mayHaveRun == true)
            try await eventually { log.cancelled == 1 }
        }
    }

    @Test(arguments: Transport.allCases)
    func `cancelling the caller cancels the handler`(_ transport: Transport) async throws {
        try await with(transport) { channel, log in
            let task = Task {
                let _: CommonAPI.CodeReference = try await channel.call(
                    EchoService.sleep, CommonAPI.CodeReference(code: "5000"), options: CallOptions())
            }
            try await eventually { log.begun == 1 }
            task.cancel()
            let error = await #expect(throws: ServiceError.self) { try await task.value }
            #expect(error?.kind == .cancelled)
            try await eventually { log.cancelled == 1 }
        }
    }

    @Test(arguments: Transport.allCases)
    func `a thousand calls at once each get their own reply`(_ transport: Transport) async throws {
        try await with(transport) { channel, _ in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<1000 {
                    group.addTask {
                        let sent = CommonAPI.CodeReference(code: "\(number)")
                        let reply: CommonAPI.CodeReference = try await channel.call(
                            number % 3 == 0 ? EchoService.sleep : EchoService.echo, sent,
                            options: CallOptions(timeout: .seconds(20)))
                        return reply == sent
                    }
                }
                for try await isSame in group { #expect(isSame) }
            }
        }
    }

    private func with(
        _ transport: Transport, _ body: (any RPCChannel, CallLog) async throws -> Void
    ) async throws {
        let log = CallLog()
        let routes = EchoService.routes(log: log)
        guard transport == .tcp else { return try await body(InProcessChannel(routes: routes), log) }
        try await withServer(routes: routes) { _, port in
            let client = Client(to: "127.0.0.1:\(port)")
            try await body(client, log)
            await client.close()
        }
    }
}
