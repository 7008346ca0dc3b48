package import Wire

/// The replies of a streaming call, in their order; gone through once, by one task. The server sends no more than the caller is ready to
/// take. Leaving the loop early, or letting the sequence go, cancels the call.
///
/// It ends when the call ended with OK, and throws the call's error otherwise, after the replies that came before it.
package struct Replies<Message: WireMessage>: AsyncSequence, Sendable {
    package typealias Element = Message
    package typealias Failure = ServiceError

    let call: StreamCall

    /// The next reply; nil at the end.
    package func next() async throws(ServiceError) -> Message? {
        guard let bytes = try await call.next() else { return nil }
        do throws(WireError) {
            return try bytes.message(Message.self)
        } catch {
            call.cancel()
            throw ServiceError(messageError: error, mayHaveRun: true)
        }
    }

    /// Ends the call; the server's handler is cancelled.
    package func cancel() { call.cancel() }

    package struct Iterator: AsyncIteratorProtocol {
        let replies: Replies

        package func next(isolation actor: isolated (any Actor)?) async throws(ServiceError) -> Message? {
            try await replies.next()
        }

        package func next() async throws(ServiceError) -> Message? { try await replies.next() }
    }

    package func makeAsyncIterator() -> Iterator { Iterator(replies: self) }
}
