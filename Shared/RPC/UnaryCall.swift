import Instrumentation
import NIOCore
import Wire

/// A call of one request and one reply. It holds both for its task, which so needs no memory of its own but for itself.
///
// SAFETY: as its superclass.
final class UnaryCall<Request: WireMessage, Reply: WireMessage>: ServerCall, @unchecked Sendable {
    typealias Handler = @Sendable (Request, CallContext) async throws(ServiceError) -> Reply

    private let handler: Handler
    private var request: Request?

    init(_ arrival: consuming Arrival, _ handler: @escaping Handler) {
        self.handler = handler
        super.init(arrival)
    }

    override func begin(_ message: ByteBuffer) {
        do throws(WireError) {
            request = try message.message(Request.self)
        } catch {
            return finish(ServiceError(requestError: error))
        }
        runs(Task.immediate(executorPreference: connection.executor) { await self.answer() })
    }

    private func answer() async {
        guard let instrumentation = context.instrumentation else { return await respond() }
        await InstrumentationContext.withValue(instrumentation) { await respond() }
    }

    private func respond() async {
        guard let request = request.take() else { return }
        do throws(ServiceError) {
            finish(try await handler(request, handlerContext))
        } catch {
            finish(error)
        }
    }
}
