package import Wire

/// Where calls go: a `Client` over TCP, or an `InProcessChannel`.
package protocol RPCChannel: Sendable {
    /// Makes a call with typed messages.
    ///
    /// - Throws: what the handler threw; `unavailable` when the server cannot be reached (`mayHaveRun` says whether it got the
    ///   request), `deadlineExceeded` past the timeout, `cancelled` when the calling task was cancelled.
    func call<Request: WireMessage, Reply: WireMessage>(
        _ method: Method, _ request: Request, options: CallOptions
    ) async throws(ServiceError) -> Reply

    /// Makes a call with messages in their wire form; for what works by descriptor.
    func call(_ method: Method, bytes: [UInt8], options: CallOptions) async throws(ServiceError) -> [UInt8]
}
