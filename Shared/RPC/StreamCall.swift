package import NIOCore
import Synchronization

/// A streaming call as its caller holds it: messages in wire form, for what works by descriptor; stubs give typed ones. When nobody
/// holds it any more the call is cancelled.
package final class StreamCall: Sendable {
    let requests: MessagePipe
    let replies: MessagePipe
    private let giveUp: @Sendable () -> Void
    /// Told once how the call ended for its caller; nil: OK.
    private let ended: Mutex<(@Sendable (ServiceError.Kind?) -> Void)?>

    /// - Parameters:
    ///   - giveUp: cancels the call; does nothing once it has ended.
    ///   - ended: told once how the call ended for its caller; nil: OK.
    init(
        requests: MessagePipe, replies: MessagePipe, ended: (@Sendable (ServiceError.Kind?) -> Void)? = nil,
        giveUp: @escaping @Sendable () -> Void
    ) {
        self.ended = Mutex(ended)
        self.requests = requests
        self.replies = replies
        self.giveUp = giveUp
    }

    /// A call that fails before it began.
    init(failing error: ServiceError) {
        requests = MessagePipe(capacity: 0, messageLimit: .max)
        replies = MessagePipe(capacity: 0, messageLimit: .max)
        giveUp = {}
        ended = Mutex(nil)
        requests.abort(error)
        replies.abort(error)
    }

    /// The same call, watched by who made it possible.
    convenience init(_ call: StreamCall, ended: @escaping @Sendable (ServiceError.Kind?) -> Void) {
        self.init(requests: call.requests, replies: call.replies, ended: ended, giveUp: { call.cancel() })
    }

    deinit {
        guard !replies.isEnded else { return end(nil) }
        giveUp()
        end(.cancelled)
    }

    private func end(_ kind: ServiceError.Kind?) {
        ended.withLock { $0.take() }?(kind)
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
            let reply = try await replies.next()
            if reply == nil { end(nil) }
            return reply
        } catch {
            if Task.isCancelled { giveUp() }
            end(error.kind)
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
    package func cancel() {
        giveUp()
        end(.cancelled)
    }
}
