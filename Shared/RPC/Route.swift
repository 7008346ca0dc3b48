package import Wire

/// A method together with what runs it.
package struct Route: Sendable {
    package let method: Method
    /// Makes what a connection serves of a call.
    let makeCall: @Sendable (consuming ServerCall.Arrival) -> ServerCall
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
        makeCall = { UnaryCall($0, handler) }
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
