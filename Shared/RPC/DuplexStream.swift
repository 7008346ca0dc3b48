import NIOCore
package import Wire

/// A call of many requests and many replies, each way at its own pace: requests may be sent by one task while another goes through the
/// replies. Letting both this and the replies go cancels the call.
package struct DuplexStream<Request: WireMessage, Reply: WireMessage>: Sendable {
    let call: StreamCall

    /// The server's side.
    package var replies: Replies<Reply> { Replies(call: call) }

    /// Sends a request; waits while the server is behind.
    ///
    /// - Throws: how the call ended, when it has.
    package func send(_ request: Request) async throws(ServiceError) {
        try await call.send(try ByteBuffer(request: request))
    }

    /// Says that no request comes any more.
    package func finish() { call.finish() }

    /// Ends the call; the server's handler is cancelled.
    package func cancel() { call.cancel() }
}
