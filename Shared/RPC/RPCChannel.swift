package import NIOCore
package import Wire

/// Where calls go: a `Client` over TCP, or an `InProcessChannel`.
package protocol RPCChannel: Sendable {
    /// Makes a unary call with typed messages.
    ///
    /// - Throws: what the handler threw; `unavailable` when the server cannot be reached (`mayHaveRun` says whether it got the
    ///   request), `deadlineExceeded` past the timeout, `cancelled` when the calling task was cancelled.
    func call<Request: WireMessage, Reply: WireMessage>(
        _ method: Method, _ request: Request, options: CallOptions
    ) async throws(ServiceError) -> Reply

    /// Makes a unary call with messages in their wire form; for what works by descriptor.
    func call(_ method: Method, bytes: [UInt8], options: CallOptions) async throws(ServiceError) -> [UInt8]

    /// Opens a call of which the requests, the replies or both are a stream; how it fails is met at its first use.
    ///
    /// - Parameter request: the one request of a method that takes one; nil when the requests are a stream.
    func open(_ method: Method, request: ByteBuffer?, options: CallOptions) -> StreamCall
}
