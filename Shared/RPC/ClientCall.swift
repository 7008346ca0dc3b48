import NIOCore
import Wire

/// A call on its way through a client: what is sent, and who waits for the outcome.
///
// SAFETY: after it is handed to the connection's loop it is touched only there.
final class ClientCall: @unchecked Sendable {
    enum Outcome {
        case reply(ByteBuffer)
        case failure(ServiceError)
        /// The server did not run it: another try is safe after the pushback; never if it is below 0.
        case notRun(ServiceError, pushbackMilliseconds: Int32)
    }

    let method: Method
    let options: CallOptions
    let message: ByteBuffer
    let deadline: NIODeadline
    let attempt: UInt32
    /// The two directions of a streaming call; nil: it is unary.
    let streams: ClientStreams?
    /// Set once it has a stream.
    var placed: (connection: ClientConnection, stream: UInt32)? {
        didSet { stopWaiting() }
    }
    /// Ends it while it waits for a connection or a stream.
    var waitTimer: Scheduled<Void>?
    private var continuation: UnsafeContinuation<Outcome, Never>?
    private var outcome: Outcome?

    init(
        method: Method, options: CallOptions, message: ByteBuffer, deadline: NIODeadline, attempt: UInt32,
        streams: ClientStreams? = nil
    ) {
        self.method = method
        self.options = options
        self.message = message
        self.deadline = deadline
        self.attempt = attempt
        self.streams = streams
    }

    var isEnded: Bool { outcome != nil }

    /// Says who waits; the outcome may be there already.
    func wait(_ continuation: UnsafeContinuation<Outcome, Never>) {
        if let outcome { continuation.resume(returning: outcome) } else { self.continuation = continuation }
    }

    /// The first outcome counts.
    func end(_ outcome: Outcome) {
        guard self.outcome == nil else { return }
        self.outcome = outcome
        stopWaiting()
        continuation?.resume(returning: outcome)
        continuation = nil
        streams?.end(outcome)
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
        end(.failure(error))
    }
}
