import NIOCore

/// The two directions of a streaming call on its way through a client.
///
// SAFETY: its variables are touched only on its event loop.
final class ClientStreams: @unchecked Sendable {
    /// From the caller; empty when the method takes one request.
    let requests: MessagePipe
    /// To the caller.
    let replies: MessagePipe
    /// The loop on which the call is made.
    let loop: any EventLoop
    /// Whether the reply is one message.
    let hasOneReply: Bool
    /// The current try.
    private var current: ClientCall?
    /// Makes another try after one that was provably not run; false: there is none.
    private let tryAgain: (_ streams: ClientStreams, _ call: ClientCall, Retry.Failure) -> Bool

    init(
        requests: MessagePipe, replies: MessagePipe, loop: any EventLoop, hasOneReply: Bool,
        tryAgain: @escaping (_ streams: ClientStreams, _ call: ClientCall, Retry.Failure) -> Bool
    ) {
        self.requests = requests
        self.replies = replies
        self.loop = loop
        self.hasOneReply = hasOneReply
        self.tryAgain = tryAgain
    }

    /// A try begins, unless the caller has given up; false then.
    func begin(_ call: ClientCall) -> Bool {
        guard !replies.isEnded else { return false }
        current = call
        return true
    }

    /// A try has its outcome: replies that came before it can still be taken.
    func end(_ outcome: ClientCall.Outcome, of call: ClientCall) {
        switch outcome {
        case .reply(let reply):
            current = nil
            if hasOneReply { replies.push(reply.detached) }
            replies.finish()
            requests.abort(ServiceError(.cancelled, "the server has ended the call"))
        case .failed(let failure):
            // Requests that were sent are not kept: such a stream is the caller's to repeat.
            if case .notRun = failure, !requests.hasBegun, !replies.isEnded, tryAgain(self, call, failure) { return }
            current = nil
            replies.finish(throwing: failure.error)
            requests.abort(failure.error)
        }
    }

    /// The caller gives up: nothing can be taken any more.
    func giveUp(_ error: ServiceError) {
        current?.giveUp(error)
        abort(error)
    }

    /// Ends both directions at once, when nothing has ended them before.
    func abort(_ error: ServiceError) {
        guard !replies.isEnded else { return }
        replies.abort(error)
        requests.abort(error)
    }
}
