import Instrumentation
import NIOCore
import Synchronization

/// A streaming call whose caller and handler share the pipes.
final class InProcessStream: Sendable {
    private let requests: MessagePipe
    private let replies: MessagePipe
    private let state = Mutex(State())

    private struct State {
        var handler: Task<Void, Never>?
        var clock: Task<Void, Never>?
        /// Why the call was given up; it counts more than what the cancelled handler then says.
        var abandonment: ServiceError?
    }

    init(requests: MessagePipe, replies: MessagePipe) {
        self.requests = requests
        self.replies = replies
    }

    /// Starts the handler and its deadline; `ended` is told how the handler ended.
    func run(
        _ handler: @escaping Route.StreamHandler, _ context: CallContext, timeout: Duration, sink: InProcessMetadata,
        ended: @escaping @Sendable (ServiceError?) -> Void
    ) {
        state.withLock { state in
            state.handler = Task { [self] in
                let failure = await InstrumentationContext.withValue(context.instrumentation) { () -> ServiceError? in
                    do throws(ServiceError) {
                        try await handler(requests, replies, context)
                        return nil
                    } catch {
                        return error
                    }
                }
                ended(failure)
                sink.conclude()
                let end = over() ?? failure
                replies.finish(throwing: end)
                requests.abort(end ?? ServiceError(.cancelled, "the server has ended the call"))
            }
            state.clock = Task { [self] in
                do { try await Task.sleep(for: timeout) } catch { return }
                abandon(ServiceError(.deadlineExceeded, "no reply within the deadline", mayHaveRun: true))
            }
        }
    }

    /// The caller or the deadline ends the call: the handler is cancelled, both ends learn why.
    func abandon(_ error: ServiceError) {
        let handler = state.withLock { state in
            if state.abandonment == nil { state.abandonment = error }
            return state.handler
        }
        guard let handler else { return }
        // First, so that the handler finds itself cancelled when the pipes wake it.
        handler.cancel()
        replies.abort(error)
        requests.abort(error)
    }

    /// The handler has ended; says why the call was given up before.
    private func over() -> ServiceError? {
        let (clock, abandonment) = state.withLock { state in
            defer { (state.handler, state.clock) = (nil, nil) }
            return (state.clock, state.abandonment)
        }
        clock?.cancel()
        return abandonment
    }
}
