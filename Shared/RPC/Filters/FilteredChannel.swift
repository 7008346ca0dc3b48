package import NIOCore
package import Wire

/// A channel with filters before it.
package struct FilteredChannel: RPCChannel {
    private let channel: any RPCChannel
    private let filters: FilterChain
    private let peer: String

    /// - Parameter peer: what is called, for people, e.g. "lookup:7101".
    package init(_ channel: any RPCChannel, peer: String, filters: FilterChain) {
        self.channel = channel
        self.peer = peer
        self.filters = filters
    }

    package func call<Request: WireMessage, Reply: WireMessage>(
        _ method: Method, _ request: Request, options: CallOptions
    ) async throws(ServiceError) -> Reply {
        let begun = ContinuousClock.now
        var context = context(method, options, begun)
        try filters.begin(&context)
        do throws(ServiceError) {
            let reply: Reply = try await channel.call(method, request, options: options.changed(by: context, at: begun))
            filters.end(context, CallOutcome(failure: nil, duration: .now - begun))
            return reply
        } catch {
            filters.end(context, CallOutcome(failure: error.kind, duration: .now - begun))
            throw error
        }
    }

    package func call(_ method: Method, bytes: [UInt8], options: CallOptions) async throws(ServiceError) -> [UInt8] {
        let begun = ContinuousClock.now
        var context = context(method, options, begun)
        try filters.begin(&context)
        do throws(ServiceError) {
            let reply = try await channel.call(method, bytes: bytes, options: options.changed(by: context, at: begun))
            filters.end(context, CallOutcome(failure: nil, duration: .now - begun))
            return reply
        } catch {
            filters.end(context, CallOutcome(failure: error.kind, duration: .now - begun))
            throw error
        }
    }

    package func open(_ method: Method, request: ByteBuffer?, options: CallOptions) -> StreamCall {
        let begun = ContinuousClock.now
        var context = context(method, options, begun)
        do throws(ServiceError) { try filters.begin(&context) } catch { return StreamCall(failing: error) }
        let call = channel.open(method, request: request, options: options.changed(by: context, at: begun))
        return StreamCall(call) { [filters, context] failure in
            filters.end(context, CallOutcome(failure: failure, duration: .now - begun))
        }
    }

    private func context(
        _ method: Method, _ options: CallOptions, _ now: ContinuousClock.Instant
    ) -> CallContext {
        CallContext(
            method: method, deadline: now + (options.timeout ?? CallOptions.defaultTimeout), peer: peer,
            metadata: options.metadata, requestID: options.requestID, trace: options.trace,
            idempotencyKey: options.idempotencyKey, principal: options.principal)
    }
}

extension CallOptions {
    /// The options after filters had their say.
    fileprivate func changed(by context: CallContext, at now: ContinuousClock.Instant) -> CallOptions {
        var options = self
        options.timeout = context.remaining
        options.metadata = context.metadata
        options.requestID = context.requestID
        options.trace = context.trace
        options.principal = context.principal
        return options
    }
}
