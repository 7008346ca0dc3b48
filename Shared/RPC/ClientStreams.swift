import NIOCore

/// The two directions of a streaming call on its way through a client.
struct ClientStreams: Sendable {
    /// From the caller; empty when the method takes one request.
    let requests: MessagePipe
    /// To the caller.
    let replies: MessagePipe
    /// The loop on which the call is made.
    let loop: any EventLoop
    /// Whether the reply is one message.
    let hasOneReply: Bool

    /// The call has its outcome: replies that came before it can still be taken.
    func end(_ outcome: ClientCall.Outcome) {
        switch outcome {
        case .reply(let reply):
            if hasOneReply { replies.push(reply.detached) }
            replies.finish()
            requests.abort(ServiceError(.cancelled, "the server has ended the call"))
        case .failed(let failure):
            replies.finish(throwing: failure.error)
            requests.abort(failure.error)
        }
    }

    /// The caller gave up: nothing can be taken any more.
    func abort(_ error: ServiceError) {
        replies.abort(error)
        requests.abort(error)
    }
}
