import NIOCore
package import Wire

/// A call of many requests and one reply. Letting it go before `finish` cancels it.
package struct ClientStream<Request: WireMessage, Reply: WireMessage>: Sendable {
    let call: StreamCall

    /// Sends a request; waits while the server is behind.
    ///
    /// - Throws: how the call ended, when it ended early. `finish` then says the same, or gives the reply.
    package func send(_ request: Request) async throws(ServiceError) {
        try await call.send(try ByteBuffer(request: request))
    }

    /// Says that no request comes any more and waits for the reply.
    ///
    /// - Throws: how the call ended.
    package func finish() async throws(ServiceError) -> Reply {
        call.finish()
        let bytes = try await call.only()
        do throws(WireError) {
            return try bytes.message(Reply.self)
        } catch {
            throw ServiceError(messageError: error, mayHaveRun: true)
        }
    }

    /// Ends the call; the server's handler is cancelled.
    package func cancel() { call.cancel() }
}

extension ByteBuffer {
    /// A request in its wire form.
    init(request: some WireMessage) throws(ServiceError) {
        self.init()
        do throws(WireError) {
            try writeMessage(request)
        } catch {
            throw ServiceError(messageError: error, mayHaveRun: false)
        }
    }
}
