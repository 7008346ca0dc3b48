import NIOCore
import Wire

/// One try of a call on its way through a client: what is sent, and who waits for the outcome.
///
// SAFETY: after it is handed to the connection's loop it is touched only there.
final class ClientCall: @unchecked Sendable {
    enum Outcome {
        case reply(ByteBuffer)
        case failed(Retry.Failure)
    }

    let method: Method
    let options: CallOptions
    let message: ByteBuffer
    let deadline: NIODeadline
    let attempt: UInt32
    /// Where the try before this one was refused or failed.
    let avoiding: Endpoint?
    /// The two directions of a streaming call; nil: it is unary.
    let streams: ClientStreams?
    /// Set once it has a stream.
    var placed: (connection: ClientConnection, stream: UInt32)? {
        didSet { stopWaiting() }
    }
    /// Where it was sent, and when.
    private(set) var sent: (slot: ClientSlot, at: NIODeadline)?
    /// Calls in flight on the server, as the reply says.
    var load: UInt32?
    /// Ends it while it waits for a connection or a stream.
    var waitTimer: Scheduled<Void>?
    private var continuation: UnsafeContinuation<(Outcome, Endpoint?), Never>?
    private var outcome: Outcome?

    init(
        method: Method, options: CallOptions, message: ByteBuffer, deadline: NIODeadline, attempt: UInt32,
        avoiding: Endpoint? = nil, streams: ClientStreams? = nil
    ) {
        self.method = method
        self.options = options
        self.message = message
        self.deadline = deadline
        self.attempt = attempt
        self.avoiding = avoiding
        self.streams = streams
    }

    var isEnded: Bool { outcome != nil }

    /// Says who waits for the outcome and for where the call was sent; both may be there already.
    func wait(_ continuation: UnsafeContinuation<(Outcome, Endpoint?), Never>) {
        if let outcome {
            continuation.resume(returning: (outcome, sent?.slot.endpoint))
        } else {
            self.continuation = continuation
        }
    }

    /// A slot sends it now.
    func sending(by slot: ClientSlot, at now: NIODeadline) { sent = (slot, now) }

    /// The first outcome counts.
    func end(_ outcome: Outcome) {
        guard self.outcome == nil else { return }
        var outcome = outcome
        if let sent {
            if case .failed(.notRun(let error, let pushback, _)) = outcome {
                outcome = .failed(.notRun(error, pushback: pushback, hasElsewhere: sent.slot.hasElsewhere))
            }
            sent.slot.ended(outcome, since: sent.at, load: load, isStream: streams != nil)
        }
        self.outcome = outcome
        stopWaiting()
        continuation?.resume(returning: (outcome, sent?.slot.endpoint))
        continuation = nil
        streams?.end(outcome, of: self)
    }

    private func stopWaiting() {
        waitTimer?.cancel()
        waitTimer = nil
    }

    /// Deadline or cancellation while it runs or waits.
    func giveUp(_ error: ServiceError) {
        guard !isEnded else { return }
        if let placed { placed.connection.cancel(placed.stream, kind: error.kind) }
        var error = error
        error.mayHaveRun = placed != nil
        streams?.abort(error)
        end(.failed(.ended(error)))
    }
}
