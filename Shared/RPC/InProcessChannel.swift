import Instrumentation
import NIOCore
package import Wire

/// Calls handlers of the same process, with the same messages in their wire form, the same limits, deadlines, errors and cancellation
/// as over a connection.
package struct InProcessChannel: RPCChannel {
    let routes: [Method: Route]
    let limits: Limits
    let filters: FilterChain

    /// - Parameter filters: of the server's side.
    package init(routes: [Route], limits: Limits = Limits(), filters: FilterChain = []) {
        self.filters = filters
        self.routes = Dictionary(uniqueKeysWithValues: routes.map { ($0.method, $0) })
        self.limits = limits
    }

    package func call<Request: WireMessage, Reply: WireMessage>(
        _ method: Method, _ request: Request, options: CallOptions
    ) async throws(ServiceError) -> Reply {
        let bytes: [UInt8]
        do throws(WireError) {
            bytes = try Wire.encode(request)
        } catch {
            throw ServiceError(messageError: error, mayHaveRun: false)
        }
        let reply = try await call(method, bytes: bytes, options: options)
        do throws(WireError) {
            return try Wire.decode(Reply.self, from: reply)
        } catch {
            throw ServiceError(messageError: error, mayHaveRun: true)
        }
    }

    package func call(_ method: Method, bytes: [UInt8], options: CallOptions) async throws(ServiceError) -> [UInt8] {
        guard let route = routes[method] else {
            throw ServiceError(.unimplemented, "this server has no method \"\(method.fullName)\"")
        }
        guard bytes.count <= limits.message else {
            throw ServiceError(.resourceExhausted, "a request has at most \(limits.message) bytes")
        }
        let timeout = options.timeout ?? CallOptions.defaultTimeout
        let header = RPCHeaders.CallHeader(method, options, timeout: timeout)
        let begun = ContinuousClock.now
        var context = try CallContext(
            header, method: method, end: .now() + TimeAmount(timeout), peer: "in-process", caller: .inProcess)
        let sink = InProcessMetadata(target: options.replyMetadata)
        context.sink = sink
        try filters.begin(&context)
        let result = await respond(route, bytes, context, timeout)
        sink.conclude()
        if !filters.isEmpty {
            filters.end(context, CallOutcome(failure: result.failure?.kind, duration: .now - begun))
        }
        let reply = try result.get()
        guard reply.count <= limits.message else {
            throw ServiceError(
                .resourceExhausted, "the reply has \(reply.count) bytes, over \(limits.message)", mayHaveRun: true)
        }
        return reply
    }

    /// The handler's outcome, or the deadline's, or the cancellation's: as on a connection, the caller does not wait for a handler that
    /// takes no notice.
    private func respond(
        _ route: Route, _ bytes: [UInt8], _ context: CallContext, _ timeout: Duration
    ) async -> Result<[UInt8], ServiceError> {
        let handler = Task { () async -> Result<[UInt8], ServiceError> in
            await InstrumentationContext.withValue(context.instrumentation) {
                () async -> Result<[UInt8], ServiceError> in
                do throws(ServiceError) {
                    return .success(try await route.respond(bytes, context))
                } catch {
                    return .failure(error)
                }
            }
        }
        let (outcomes, outcome) = AsyncStream.makeStream(
            of: Result<[UInt8], ServiceError>.self, bufferingPolicy: .bufferingOldest(1))
        let waiting = Task { outcome.yield(await handler.value) }
        let clock = Task {
            do { try await Task.sleep(for: timeout) } catch { return }
            outcome.yield(.failure(ServiceError(.deadlineExceeded, "no reply within the deadline", mayHaveRun: true)))
        }
        defer {
            clock.cancel()
            handler.cancel()
            waiting.cancel()
        }
        return await withTaskCancellationHandler {
            for await result in outcomes { return result }
            return .failure(ServiceError(.cancelled, "the caller was cancelled", mayHaveRun: true))
        } onCancel: {
            outcome.yield(.failure(ServiceError(.cancelled, "the caller was cancelled", mayHaveRun: true)))
        }
    }
}

extension Result {
    /// Nil after a success.
    fileprivate var failure: Failure? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}
