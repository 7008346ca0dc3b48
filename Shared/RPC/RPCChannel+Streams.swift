import NIOCore
package import Wire

extension RPCChannel {
    /// Calls a method of one request and many replies.
    package func replies<Request: WireMessage, Reply: WireMessage>(
        _ method: Method, _ request: Request, options: CallOptions
    ) -> Replies<Reply> {
        do throws(ServiceError) {
            return Replies(call: open(method, request: try ByteBuffer(request: request), options: options))
        } catch {
            return Replies(call: StreamCall(failing: error))
        }
    }

    /// Calls a method of many requests and one reply.
    package func clientStream<Request: WireMessage, Reply: WireMessage>(
        _ method: Method, options: CallOptions
    ) -> ClientStream<Request, Reply> {
        ClientStream(call: open(method, request: nil, options: options))
    }

    /// Calls a method of many requests and many replies.
    package func duplexStream<Request: WireMessage, Reply: WireMessage>(
        _ method: Method, options: CallOptions
    ) -> DuplexStream<Request, Reply> {
        DuplexStream(call: open(method, request: nil, options: options))
    }
}
