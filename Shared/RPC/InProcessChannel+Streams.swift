package import NIOCore
import Wire

extension InProcessChannel {
    package func open(_ method: Method, request: ByteBuffer?, options: CallOptions) -> StreamCall {
        let requests = MessagePipe(capacity: limits.sendAhead, messageLimit: limits.message)
        let replies = MessagePipe(capacity: limits.sendAhead, messageLimit: limits.message)
        let timeout = options.timeout ?? CallOptions.defaultTimeout
        do throws(ServiceError) {
            guard let handler = routes[method]?.stream else {
                throw ServiceError(.unimplemented, "this server has no stream \"\(method.fullName)\"")
            }
            if let request {
                guard request.readableBytes <= limits.message else {
                    throw ServiceError(.resourceExhausted, "a request has at most \(limits.message) bytes")
                }
                requests.push(request)
                requests.finish()
            }
            let header = RPCHeaders.CallHeader(method, options, timeout: timeout)
            let begun = ContinuousClock.now
            var context = try CallContext(
                header, method: method, end: .now() + TimeAmount(timeout), peer: "in-process", caller: .inProcess)
            let sink = InProcessMetadata(target: options.replyMetadata)
            context.sink = sink
            try filters.begin(&context)
            let call = InProcessStream(requests: requests, replies: replies)
            call.run(handler, context, timeout: timeout, sink: sink) { [filters, context] error in
                filters.end(context, CallOutcome(failure: error?.kind, duration: .now - begun))
            }
            return StreamCall(requests: requests, replies: replies) {
                call.abandon(ServiceError(.cancelled, "the caller cancelled", mayHaveRun: true))
            }
        } catch {
            return StreamCall(failing: error)
        }
    }
}
