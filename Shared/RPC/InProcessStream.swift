import Instrumentation
import NIOCore
import Synchronization

/// A streaming call whose caller and handler share the pipes.
final class InProcessStream: Sendable {
    private let requests: MessagePipe
    private let replies: MessagePipe
    private let tasks = Mutex<(handler: Task<Void, Never>?, clock: Task<Void, Never>?)>((nil, nil))

    init(requests: MessagePipe, replies: MessagePipe) {
        self.requests = requests
        self.replies = replies
    }

    /// Starts the handler and its deadline; `ended` is told how the handler ended.
    func run(
        _ handler: @escaping Route.StreamHandler, _ context: CallContext, timeout: Duration, sink: InProcessMetadata,
        ended: @escaping @Sendable (ServiceError?) -> Void
    ) {
        tasks.withLock { tasks in
            tasks.handler = Task { [self] in
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
                replies.finish(throwing: failure)
                requests.abort(failure ?? ServiceError(.cancelled, "the server has ended the call"))
                over()
            }
            tasks.clock = Task { [self] in
                do { try await Task.sleep(for: timeout) } catch { return }
                abandon(ServiceError(.deadlineExceeded, "no reply within the deadline", mayHaveRun: true))
            }
        }
    }

    /// The caller or the deadline ends the call: both ends learn it, the handler is cancelled.
    func abandon(_ error: ServiceError) {
        let handler = tasks.withLock { $0.handler }
        guard let handler else { return }
        replies.abort(error)
        requests.abort(error)
        handler.cancel()
    }

    private func over() {
        let clock = tasks.withLock { tasks in
            defer { tasks = (nil, nil) }
            return tasks.clock
        }
        clock?.cancel()
    }
}
