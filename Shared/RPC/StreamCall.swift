package import NIOCore
import Synchronization

/// A streaming call as its caller holds it: messages in wire form, for what works by descriptor; stubs give typed ones. When nobody
/// holds it any more the call is cancelled.
package final class StreamCall: Sendable {
    let requests: MessagePipe
    let replies: MessagePipe
    private let giveUp: @Sendable () -> Void

    /// - Parameter giveUp: cancels the call; does nothing once it has ended.
    init(requests: MessagePipe, replies: MessagePipe, giveUp: @escaping @Sendable () -> Void) {
        self.requests = requests
        self.replies = replies
        self.giveUp = giveUp
    }

    /// A call that fails before it began.
    init(failing error: ServiceError) {
        requests = MessagePipe(capacity: 0, messageLimit: .max)
        replies = MessagePipe(capacity: 0, messageLimit: .max)
        giveUp = {}
        requests.abort(error)
        replies.abort(error)
    }

    deinit {
        if !replies.isEnded { giveUp() }
    }

    /// Sends a request; waits while the server is behind.
    ///
    /// - Throws: how the call ended, when it has; `resourceExhausted` for a request over the limit.
    package func send(_ request: ByteBuffer) async throws(ServiceError) { try await requests.send(request) }

    /// No request comes any more.
    package func finish() { requests.finish() }

    /// The next reply; nil when the call ended with OK. When the calling task is cancelled, the call is.
    ///
    /// - Throws: how the call ended.
    package func next() async throws(ServiceError) -> ByteBuffer? {
        do throws(ServiceError) {
            return try await replies.next()
        } catch {
            if Task.isCancelled { giveUp() }
            throw error
        }
    }

    /// The one reply of a call that has one.
    func only() async throws(ServiceError) -> ByteBuffer {
        guard let reply = try await next() else {
            throw ServiceError(.internal, "the server sent no reply", mayHaveRun: true)
        }
        guard try await next() == nil else {
            throw ServiceError(.internal, "the server sent more than one reply", mayHaveRun: true)
        }
        return reply
    }

    /// Ends the call; the server's handler is cancelled.
    package func cancel() { giveUp() }
}
