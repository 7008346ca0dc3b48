import Contracts
import InteropCases
import RPC
import Testing
import Wire

/// gRPC's interop list by name (grpc/grpc, doc/interop-test-descriptions.md), over each way to a server; one after the other, for the
/// large ones fill a core.
@Suite(.serialized) struct InteropTests {
    private typealias Output = InteropAPI.StreamingOutputCallRequest
    private static let requestSizes: [Int32] = [27_182, 8, 1_828, 45_904]
    private static let replySizes: [Int32] = [31_415, 9, 2_653, 58_979]

    @Test(arguments: Transport.allCases)
    func `empty_unary and large_unary`(_ transport: Transport) async throws {
        try await serve(transport) { client, _ in
            #expect(try await client.emptyCall(InteropAPI.Empty()) == InteropAPI.Empty())
            let reply = try await client.unaryCall(Self.large)
            #expect(reply.payload?.body.count == 314_159)
        }
    }

    @Test(arguments: Transport.allCases)
    func concurrent_large_unary(_ transport: Transport) async throws {
        try await serve(transport) { client, _ in
            try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<32 { group.addTask { try await client.unaryCall(Self.large).payload?.body.count } }
                for try await size in group { #expect(size == 314_159) }
            }
        }
    }

    @Test(arguments: Transport.allCases)
    func client_streaming(_ transport: Transport) async throws {
        try await serve(transport) { client, _ in
            let call = client.streamingInputCall()
            for size in Self.requestSizes { try await call.send(.init(payload: Self.payload(size))) }
            #expect(try await call.finish().aggregatedPayloadSize == 74_922)
        }
    }

    @Test(arguments: Transport.allCases)
    func server_streaming(_ transport: Transport) async throws {
        try await serve(transport) { client, _ in
            var sizes: [Int32] = []
            for try await reply in client.streamingOutputCall(Self.asking(Self.replySizes)) {
                sizes.append(Int32(reply.payload?.body.count ?? 0))
            }
            #expect(sizes == Self.replySizes)
        }
    }

    @Test(arguments: Transport.allCases)
    func ping_pong(_ transport: Transport) async throws {
        try await serve(transport) { client, _ in
            let call = client.fullDuplexCall()
            for (request, reply) in zip(Self.requestSizes, Self.replySizes) {
                var asked = Self.asking([reply])
                asked.payload = Self.payload(request)
                try await call.send(asked)
                #expect(try await call.replies.next()?.payload?.body.count == Int(reply))
            }
            call.finish()
            #expect(try await call.replies.next() == nil)
        }
    }

    @Test(arguments: Transport.allCases)
    func half_duplex(_ transport: Transport) async throws {
        try await serve(transport) { client, _ in
            let call = client.halfDuplexCall()
            for size in Self.replySizes { try await call.send(Self.asking([size])) }
            call.finish()
            var sizes: [Int32] = []
            for try await reply in call.replies { sizes.append(Int32(reply.payload?.body.count ?? 0)) }
            #expect(sizes == Self.replySizes)
        }
    }

    @Test(arguments: Transport.allCases)
    func empty_stream(_ transport: Transport) async throws {
        try await serve(transport) { client, _ in
            let duplex = client.fullDuplexCall()
            duplex.finish()
            let none = try await duplex.replies.next()
            #expect(none == nil)
            #expect(try await client.streamingInputCall().finish().aggregatedPayloadSize == 0)
            #expect(try await client.streamingOutputCall(Self.asking([])).next() == nil)
        }
    }

    @Test(arguments: Transport.allCases)
    func custom_metadata(_ transport: Transport) async throws {
        try await serve(transport) { client, _ in
            var metadata = Metadata()
            try metadata.add(InteropService.initialKey, Array("test_initial_metadata_value".utf8))
            try metadata.add(InteropService.trailingKey, [0xAB, 0xAB, 0xAB])
            let unary = ReplyMetadata()
            _ = try await client.unaryCall(
                Self.large, options: CallOptions(metadata: metadata, replyMetadata: unary))
            let stream = ReplyMetadata()
            let call = client.fullDuplexCall(options: CallOptions(metadata: metadata, replyMetadata: stream))
            try await call.send(Self.asking([314_159]))
            _ = try await call.replies.next()
            #expect(stream.initial[InteropService.initialKey] == Array("test_initial_metadata_value".utf8))
            call.finish()
            #expect(try await call.replies.next() == nil)
            #expect(unary.initial[InteropService.initialKey] == Array("test_initial_metadata_value".utf8))
            #expect(unary.trailing[InteropService.trailingKey] == [0xAB, 0xAB, 0xAB])
            #expect(stream.trailing[InteropService.trailingKey] == [0xAB, 0xAB, 0xAB])
        }
    }

    @Test(
        arguments: Transport.allCases,
        ["test status message", "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"])
    func `status_code_and_message and special_status_message`(_ transport: Transport, _ message: String) async throws {
        try await serve(transport) { client, _ in
            let status = InteropAPI.EchoStatus(code: 2, message: message)
            let expected = ServiceError(.unknown, message)
            let unary = await #expect(throws: ServiceError.self) {
                try await client.unaryCall(.init(responseStatus: status))
            }
            #expect(unary == expected)
            let call = client.fullDuplexCall()
            try await call.send(.init(responseStatus: status))
            call.finish()
            let stream = await #expect(throws: ServiceError.self) { try await call.replies.next() }
            #expect(stream == expected)
        }
    }

    @Test(arguments: Transport.allCases, ["TestService", "UnimplementedService"])
    func `unimplemented_method and unimplemented_service`(_ transport: Transport, _ service: String) async throws {
        try await transport.serving(InteropAPI.routes(InteropService())) { channel in
            let name = "grpc.testing.\(service)/UnimplementedCall"
            for shape in [CallShape.unary, .serverStreaming, .clientStreaming, .bidirectional] {
                let method = RPC.Method(fullName: name, id: RPC.Method.id(of: name), isIdempotent: false, shape: shape)
                let error = await #expect(throws: ServiceError.self) {
                    switch shape {
                    case .unary:
                        let _: InteropAPI.Empty = try await channel.call(
                            method, InteropAPI.Empty(), options: CallOptions())
                    case .serverStreaming:
                        let replies: Replies<InteropAPI.Empty> = channel.replies(
                            method, InteropAPI.Empty(), options: CallOptions())
                        _ = try await replies.next()
                    case .clientStreaming:
                        let call: ClientStream<InteropAPI.Empty, InteropAPI.Empty> = channel.clientStream(
                            method, options: CallOptions())
                        _ = try await call.finish()
                    case .bidirectional:
                        let call: DuplexStream<InteropAPI.Empty, InteropAPI.Empty> = channel.duplexStream(
                            method, options: CallOptions())
                        _ = try await call.replies.next()
                    }
                }
                #expect(error?.kind == .unimplemented)
                #expect(error?.mayHaveRun == false)
            }
        }
    }

    @Test(arguments: Transport.allCases)
    func cancel_after_begin(_ transport: Transport) async throws {
        try await serve(transport) { client, log in
            let call = client.streamingInputCall()
            try await call.send(.init(payload: Self.payload(8)))
            try await eventually { log.begun == 1 }
            call.cancel()
            let error = await #expect(throws: ServiceError.self) { try await call.finish() }
            #expect(error?.kind == .cancelled)
            try await eventually { log.cancelled == 1 }
        }
    }

    @Test(arguments: Transport.allCases)
    func cancel_after_first_response(_ transport: Transport) async throws {
        try await serve(transport) { client, log in
            let call = client.fullDuplexCall()
            try await call.send(Self.asking([31_415]))
            #expect(try await call.replies.next()?.payload?.body.count == 31_415)
            call.cancel()
            let error = await #expect(throws: ServiceError.self) { try await call.replies.next() }
            #expect(error?.kind == .cancelled)
            try await eventually { log.cancelled == 1 }
        }
    }

    @Test(arguments: Transport.allCases)
    func timeout_on_sleeping_server(_ transport: Transport) async throws {
        try await serve(transport) { client, log in
            // The deadline is for the handler, not for the connection.
            _ = try await client.emptyCall(InteropAPI.Empty())
            let call = client.fullDuplexCall(options: CallOptions(timeout: .seconds(3)))
            var asked = Self.asking([8])
            asked.responseParameters[0].intervalUs = 20_000_000
            try await call.send(asked)
            let error = await #expect(throws: ServiceError.self) { try await call.replies.next() }
            #expect(error?.kind == .deadlineExceeded)
            try await eventually { log.cancelled == 1 }
        }
    }

    // MARK: What the cases share

    private static let large = InteropAPI.SimpleRequest(responseSize: 314_159, payload: payload(271_828))

    private static func payload(_ size: Int32) -> InteropAPI.Payload {
        InteropAPI.Payload(body: [UInt8](repeating: 0, count: Int(size)))
    }

    private static func asking(_ sizes: [Int32]) -> Output {
        Output(responseParameters: sizes.map { InteropAPI.ResponseParameters(size: $0) })
    }

    private func serve(
        _ transport: Transport, _ body: (InteropAPI.Client, CallLog) async throws -> Void
    ) async throws {
        let log = CallLog()
        try await transport.serving(
            InteropAPI.routes(
                InteropService(began: { log.began() }, ended: { log.ended(cancelled: $0) }))
        ) { channel in
            try await body(InteropAPI.Client(channel), log)
        }
    }
}
