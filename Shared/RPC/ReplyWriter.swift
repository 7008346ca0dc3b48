import NIOCore
package import Wire

/// Where a handler writes the replies of a streaming call. The stream ends with the handler: with OK when it returns, with the error that
/// it throws.
package struct ReplyWriter<Message: WireMessage>: Sendable {
    let pipe: MessagePipe

    /// Sends a reply; waits while the caller is behind. Several tasks may write.
    ///
    /// - Throws: `cancelled` or `deadlineExceeded` when nobody waits for replies any more: the handler should end then;
    ///   `resourceExhausted` for a reply over the limit.
    package func write(_ reply: Message) async throws(ServiceError) {
        var bytes = ByteBuffer()
        do throws(WireError) {
            try bytes.writeMessage(reply)
        } catch {
            throw ServiceError(messageError: error, mayHaveRun: true)
        }
        try await pipe.send(bytes)
    }
}
