import Contracts
package import RPC
import Wire

/// gRPC's interoperability list by name, over any channel to a server that serves TestService.
package enum InteropCase: String, CaseIterable, Sendable {
    case emptyUnary = "empty_unary"
    case largeUnary = "large_unary"
    case concurrentLargeUnary = "concurrent_large_unary"
    case statusCodeAndMessage = "status_code_and_message"
    case specialStatusMessage = "special_status_message"
    case statusOfStream = "status_of_a_stream"
    case customMetadata = "custom_metadata"
    case clientStreaming = "client_streaming"
    case serverStreaming = "server_streaming"
    case pingPong = "ping_pong"
    case halfDuplex = "half_duplex"
    case emptyStream = "empty_stream"
    case cancelAfterBegin = "cancel_after_begin"
    case cancelAfterFirstResponse = "cancel_after_first_response"
    case timeoutOnSleepingServer = "timeout_on_sleeping_server"
    case slowReader = "slow_reader"
    case messagesOverTheCredit = "messages_over_the_credit"
    case manyStreams = "many_streams"
    case unimplementedMethod = "unimplemented_method"
    case unimplementedService = "unimplemented_service"
    case health = "health"

    /// - Throws: `Mismatch`, or what the call threw.
    package func run(_ channel: any RPCChannel) async throws {
        let client = InteropAPI.Client(channel)
        switch self {
        case .emptyUnary: _ = try await client.emptyCall(InteropAPI.Empty())
        case .largeUnary: try await Self.large(client)
        case .concurrentLargeUnary:
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { try await Self.large(client) } }
                try await group.waitForAll()
            }
        case .statusCodeAndMessage: try await Self.status("test status message", client)
        case .specialStatusMessage:
            try await Self.status("\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n", client)
        case .statusOfStream: try await Self.statusOfStream(client)
        case .customMetadata: try await Self.customMetadata(client)
        case .clientStreaming: try await Self.clientStreaming(client)
        case .serverStreaming: try await Self.serverStreaming(client)
        case .pingPong: try await Self.pingPong(client)
        case .halfDuplex: try await Self.halfDuplex(client)
        case .emptyStream: try await Self.emptyStream(client)
        case .cancelAfterBegin: try await Self.cancelAfterBegin(client)
        case .cancelAfterFirstResponse: try await Self.cancelAfterFirstResponse(client)
        case .timeoutOnSleepingServer: try await Self.timeoutOnSleepingServer(client)
        case .slowReader: try await Self.slowReader(client)
        case .messagesOverTheCredit: try await Self.messagesOverTheCredit(client)
        case .manyStreams: try await Self.manyStreams(client)
        case .unimplementedMethod:
            try await Self.unimplemented("grpc.testing.TestService/UnimplementedCall", channel)
        case .unimplementedService:
            try await Self.unimplemented("grpc.testing.UnimplementedService/UnimplementedCall", channel)
        case .health: try await Self.health(HealthAPI.Client(channel))
        }
    }

    private static func customMetadata(_ client: InteropAPI.Client) async throws {
        let sent: (initial: [UInt8], trailing: [UInt8]) = (
            Array("test_initial_metadata_value".utf8), [0xAB, 0xAB, 0xAB]
        )
        var metadata = Metadata()
        try metadata.add(InteropService.initialKey, sent.initial)
        try metadata.add(InteropService.trailingKey, sent.trailing)
        let unary = ReplyMetadata()
        _ = try await client.unaryCall(
            InteropAPI.SimpleRequest(responseSize: 314_159),
            options: CallOptions(metadata: metadata, replyMetadata: unary))
        let stream = ReplyMetadata()
        let call = client.fullDuplexCall(options: CallOptions(metadata: metadata, replyMetadata: stream))
        call.finish()
        try expect(try await call.replies.next() == nil, "a reply too many")
        for found in [unary, stream] {
            try expect(found.initial[InteropService.initialKey] == sent.initial, "initial \(found.initial)")
            try expect(found.trailing[InteropService.trailingKey] == sent.trailing, "trailing \(found.trailing)")
        }
    }

    private static func large(_ client: InteropAPI.Client) async throws {
        let request = InteropAPI.SimpleRequest(
            responseSize: 314_159, payload: InteropAPI.Payload(body: [UInt8](repeating: 0, count: 271_828)))
        let reply = try await client.unaryCall(request)
        let body = reply.payload?.body ?? []
        try expect(body.count == 314_159 && body.allSatisfy { $0 == 0 }, "\(body.count) bytes")
    }

    private static func status(_ message: String, _ client: InteropAPI.Client) async throws {
        let request = InteropAPI.SimpleRequest(responseStatus: InteropAPI.EchoStatus(code: 2, message: message))
        let error = try await failure { _ = try await client.unaryCall(request) }
        try expect(error.kind == .unknown && error.message == message, "\(error)")
    }

    private static func unimplemented(_ name: String, _ channel: any RPCChannel) async throws {
        let method = RPC.Method(fullName: name, id: RPC.Method.id(of: name), isIdempotent: false)
        let error = try await failure {
            let _: InteropAPI.Empty = try await channel.call(method, InteropAPI.Empty(), options: CallOptions())
        }
        try expect(error.kind == .unimplemented && !error.mayHaveRun, "\(error)")
    }

    private static func health(_ client: HealthAPI.Client) async throws {
        let reply = try await client.check(HealthAPI.HealthCheckRequest())
        try expect(reply.status == .serving, "\(reply)")
        let error = try await failure { _ = try await client.check(HealthAPI.HealthCheckRequest(service: "nobody")) }
        try expect(error.kind == .notFound, "\(error)")
    }

    /// The error with which a call must fail.
    static func failure(_ call: () async throws -> Void) async throws -> ServiceError {
        do {
            try await call()
        } catch let error as ServiceError {
            return error
        }
        throw Mismatch(description: "the call succeeded")
    }

    static func expect(_ holds: Bool, _ found: @autoclosure () -> String) throws(Mismatch) {
        guard holds else { throw Mismatch(description: found()) }
    }
}

/// What came is not what the list asks for.
package struct Mismatch: Error, CustomStringConvertible {
    package let description: String
}
