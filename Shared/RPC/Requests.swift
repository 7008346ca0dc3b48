import NIOCore
package import Wire

/// The requests of a streaming call as a handler takes them, in their order; gone through once, by one task. The caller sends no more
/// than the handler is ready to take: what is not taken makes it wait.
///
/// The sequence ends when the caller has sent its last request. It throws `cancelled` or `deadlineExceeded` when the caller gave up, and
/// `invalidArgument` for a request that cannot be read.
package struct Requests<Message: WireMessage>: AsyncSequence, Sendable {
    package typealias Element = Message
    package typealias Failure = ServiceError

    let pipe: MessagePipe

    /// The next request; nil at the end.
    package func next() async throws(ServiceError) -> Message? {
        guard let bytes = try await pipe.next() else { return nil }
        do throws(WireError) {
            return try bytes.message(Message.self)
        } catch {
            throw ServiceError(requestError: error)
        }
    }

    package struct Iterator: AsyncIteratorProtocol {
        let requests: Requests

        package func next(isolation actor: isolated (any Actor)?) async throws(ServiceError) -> Message? {
            try await requests.next()
        }

        package func next() async throws(ServiceError) -> Message? { try await requests.next() }
    }

    package func makeAsyncIterator() -> Iterator { Iterator(requests: self) }
}
