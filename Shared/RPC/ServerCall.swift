import NIOCore
import Instrumentation
import Wire

/// A call that a connection serves.
///
// SAFETY: its state is touched only on the connection's event loop; the task's executor is that loop.
final class ServerCall: @unchecked Sendable {
    let stream: UInt32
    let context: CallContext
    private let connection: ServerConnection
    private let begun: ContinuousClock.Instant
    private var task: Task<Void, Never>?
    private(set) var isFinished = false
    /// Set when the answer was given by a cancellation or the deadline, before the handler ended.
    private var isAnswered = false

    init(stream: UInt32, context: CallContext, connection: ServerConnection, begun: ContinuousClock.Instant) {
        self.stream = stream
        self.context = context
        self.connection = connection
        self.begun = begun
    }

    /// Runs the handler in place until it suspends.
    func run(_ body: @escaping @Sendable () async -> Void) {
        let task = Task.immediate(executorPreference: connection.executor) {
            [instrumentation = context.instrumentation] in
            guard let instrumentation else { return await body() }
            await InstrumentationContext.withValue(instrumentation) { await body() }
        }
        if !isFinished { self.task = task }
    }

    /// The handler ended with a reply.
    func finish<Reply: WireMessage>(_ reply: Reply) {
        if !isAnswered { connection.send(reply, for: self) }
        end(nil)
    }

    /// The handler ended with an error, or the call was never run.
    func finish(_ error: ServiceError) {
        if !isAnswered { connection.send(error, stream: stream) }
        end(error.kind)
    }

    /// Answers at once, cancels the handler and leaves the slot taken until it ends.
    func abandon(_ error: ServiceError, answering: Bool) {
        guard !isFinished, !isAnswered else { return }
        isAnswered = true
        if answering { connection.send(error, stream: stream) }
        task?.cancel()
    }

    private func end(_ kind: ServiceError.Kind?) {
        isFinished = true
        task = nil
        connection.ended(self, kind: kind, duration: .now - begun)
    }
}
