import Contracts
import RPC

/// The cases of streams.
extension InteropCase {
    private static let requestSizes: [Int32] = [27_182, 8, 1_828, 45_904]
    private static let responseSizes: [Int32] = [31_415, 9, 2_653, 58_979]

    static func statusOfStream(_ client: InteropAPI.Client) async throws {
        let call = client.fullDuplexCall()
        let status = InteropAPI.EchoStatus(code: 2, message: "test status message")
        try await call.send(InteropAPI.StreamingOutputCallRequest(responseStatus: status))
        call.finish()
        let error = try await failure { _ = try await call.replies.next() }
        try expect(error.kind == .unknown && error.message == "test status message", "\(error)")
    }

    static func clientStreaming(_ client: InteropAPI.Client) async throws {
        let call = client.streamingInputCall()
        for size in requestSizes {
            try await call.send(InteropAPI.StreamingInputCallRequest(payload: payload(size)))
        }
        let reply = try await call.finish()
        try expect(reply.aggregatedPayloadSize == requestSizes.reduce(0, +), "\(reply)")
    }

    static func serverStreaming(_ client: InteropAPI.Client) async throws {
        try await sizes(client.streamingOutputCall(output(responseSizes)), responseSizes)
    }

    static func pingPong(_ client: InteropAPI.Client) async throws {
        let call = client.fullDuplexCall()
        for (request, response) in zip(requestSizes, responseSizes) {
            try await call.send(output([response], size: request))
            try await next(call.replies, response)
        }
        call.finish()
        try await sizes(call.replies, [])
    }

    static func halfDuplex(_ client: InteropAPI.Client) async throws {
        let call = client.halfDuplexCall()
        for size in responseSizes { try await call.send(output([size])) }
        call.finish()
        try await sizes(call.replies, responseSizes)
    }

    static func emptyStream(_ client: InteropAPI.Client) async throws {
        let call = client.fullDuplexCall()
        call.finish()
        try await sizes(call.replies, [])
    }

    static func cancelAfterBegin(_ client: InteropAPI.Client) async throws {
        let call = client.streamingInputCall()
        call.cancel()
        let error = try await failure { _ = try await call.finish() }
        try expect(error.kind == .cancelled, "\(error)")
        _ = try await client.emptyCall(InteropAPI.Empty())
    }

    static func cancelAfterFirstResponse(_ client: InteropAPI.Client) async throws {
        let call = client.fullDuplexCall()
        try await call.send(output([responseSizes[0]], size: requestSizes[0]))
        try await next(call.replies, responseSizes[0])
        call.cancel()
        let error = try await failure { _ = try await call.replies.next() }
        try expect(error.kind == .cancelled, "\(error)")
        _ = try await client.emptyCall(InteropAPI.Empty())
    }

    static func timeoutOnSleepingServer(_ client: InteropAPI.Client) async throws {
        // Connected before, so that the deadline passes while the call runs.
        _ = try await client.emptyCall(InteropAPI.Empty())
        let call = client.fullDuplexCall(options: CallOptions(timeout: .milliseconds(50)))
        let error = try await failure {
            try await call.send(output([], size: 27_182))
            _ = try await call.replies.next()
        }
        try expect(error.kind == .deadlineExceeded, "\(error)")
    }

    /// 8 MiB for a reader who is behind; other calls are not.
    static func slowReader(_ client: InteropAPI.Client) async throws {
        let all = [Int32](repeating: 64 * 1024, count: 128)
        let replies = client.streamingOutputCall(output(all))
        try await Task.sleep(for: .milliseconds(200))
        _ = try await client.emptyCall(InteropAPI.Empty(), options: CallOptions(timeout: .seconds(2)))
        try await sizes(replies, all)
    }

    /// Messages of 1 MiB both ways through windows of 64 KiB.
    static func messagesOverTheCredit(_ client: InteropAPI.Client) async throws {
        let call = client.fullDuplexCall()
        for _ in 0..<3 {
            try await call.send(output([1 << 20], size: 1 << 20))
            try await next(call.replies, 1 << 20)
        }
        call.finish()
        try await sizes(call.replies, [])
    }

    /// A hundred duplex streams at once.
    static func manyStreams(_ client: InteropAPI.Client) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    let call = client.fullDuplexCall(options: CallOptions(timeout: .seconds(30)))
                    for _ in 0..<4 {
                        try await call.send(output([60_000], size: 60_000))
                        try await next(call.replies, 60_000)
                    }
                    call.finish()
                    try await sizes(call.replies, [])
                }
            }
            try await group.waitForAll()
        }
    }

    // MARK: What they share

    private static func payload(_ size: Int32) -> InteropAPI.Payload {
        InteropAPI.Payload(body: [UInt8](repeating: 0, count: Int(size)))
    }

    /// A request for responses of these sizes.
    private static func output(_ sizes: [Int32], size: Int32 = 0) -> InteropAPI.StreamingOutputCallRequest {
        InteropAPI.StreamingOutputCallRequest(
            responseParameters: sizes.map { InteropAPI.ResponseParameters(size: $0) },
            payload: size > 0 ? payload(size) : nil)
    }

    private static func next(
        _ replies: Replies<InteropAPI.StreamingOutputCallResponse>, _ size: Int32
    ) async throws {
        let reply = try await replies.next()
        let body = reply?.payload?.body ?? []
        try expect(reply != nil && body.count == Int(size), "\(body.count) bytes instead of \(size)")
        try expect(body.allSatisfy { $0 == 0 }, "not all are zero")
    }

    /// Replies of these sizes and no more.
    private static func sizes(
        _ replies: Replies<InteropAPI.StreamingOutputCallResponse>, _ sizes: [Int32]
    ) async throws {
        for size in sizes { try await next(replies, size) }
        try expect(try await replies.next() == nil, "a reply too many")
    }
}
