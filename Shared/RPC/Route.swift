import NIOCore
package import Wire

/// A method together with what runs it.
package struct Route: Sendable {
    package let method: Method
    /// Reads the request, runs the handler in place until it suspends, answers the call.
    let begin: @Sendable (ByteBuffer, ServerCall) -> Void
    /// The same from bytes to bytes, for the in-process transport.
    let respond: @Sendable ([UInt8], CallContext) async throws(ServiceError) -> [UInt8]
    /// Runs a streaming method; nil for a unary one.
    let stream: StreamHandler?

    /// A unary method.
    package init<Request: WireMessage, Reply: WireMessage>(
        _ method: Method,
        _ handler: @escaping @Sendable (Request, CallContext) async throws(ServiceError) -> Reply
    ) {
        self.method = method
        stream = nil
        begin = { message, call in
            let request: Request
            do throws(WireError) {
                request = try message.message(Request.self)
            } catch {
                return call.finish(ServiceError(requestError: error))
            }
            call.run {
                do throws(ServiceError) {
                    call.finish(try await handler(request, call.handlerContext))
                } catch {
                    call.finish(error)
                }
            }
        }
        respond = { (bytes: [UInt8], context: CallContext) async throws(ServiceError) -> [UInt8] in
            let request: Request
            do throws(WireError) {
                request = try Wire.decode(Request.self, from: bytes)
            } catch {
                throw ServiceError(requestError: error)
            }
            let reply = try await handler(request, context)
            do throws(WireError) {
                return try Wire.encode(reply)
            } catch {
                throw ServiceError(messageError: error, mayHaveRun: true)
            }
        }
    }
}
