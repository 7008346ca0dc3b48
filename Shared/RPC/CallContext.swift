package import Instrumentation
import NIOCore
import Wire

/// What a handler knows of the call that it serves.
package struct CallContext: Sendable {
    package let method: Method
    /// When the caller gives up; the handler's task is cancelled then.
    package var deadline: ContinuousClock.Instant {
        get { .now + .nanoseconds((end - .now()).nanoseconds) }
        set { end = .now() + TimeAmount(newValue - .now) }
    }
    /// The same on the clock of the event loops.
    private var end: NIODeadline
    /// Where the call comes from, e.g. "127.0.0.1:40312" or "in-process".
    package let peer: String
    /// Who calls, as far as anything vouches for it.
    package var caller: Caller
    package var metadata: Metadata
    package var requestID: String
    package var trace: TraceContext?
    package let idempotencyKey: IdempotencyKey?
    /// On whose behalf the caller says that it calls.
    package var principal: [UInt8]
    /// 0 on the first try.
    package let attempt: UInt32
    /// What tracing carries along, current while the handler runs; nil unless a filter sets it.
    package var instrumentation: InstrumentationContext?
    /// Who takes the metadata of the reply; nil: nobody.
    var sink: (any ReplyMetadataSink)?

    /// What is left until the deadline; never below zero.
    package var remaining: Duration { .nanoseconds(max(0, (end - .now()).nanoseconds)) }

    /// Says metadata that goes to the caller before the first reply.
    ///
    /// - Throws: `failedPrecondition` after the first reply, or when it was said already; `invalidArgument` for more than 6 KiB.
    package func setInitialMetadata(_ metadata: Metadata) throws(ServiceError) { try sink?.setInitial(metadata) }

    /// Says metadata that goes to the caller with the status; what was said before is replaced.
    ///
    /// - Throws: `invalidArgument` for more than 6 KiB.
    package func setTrailingMetadata(_ metadata: Metadata) throws(ServiceError) { try sink?.setTrailing(metadata) }

    /// Keeps a margin of the time that is left.
    mutating func keep(_ margin: Duration) { end = end - TimeAmount(margin) }

    /// For tests and for transports.
    package init(
        method: Method, deadline: ContinuousClock.Instant, peer: String, caller: Caller = .anonymous,
        metadata: Metadata = Metadata(), requestID: String = "", trace: TraceContext? = nil,
        idempotencyKey: IdempotencyKey? = nil, principal: [UInt8] = [], attempt: UInt32 = 0
    ) {
        self.init(
            method: method, end: .now() + TimeAmount(deadline - .now), peer: peer, caller: caller, metadata: metadata,
            requestID: requestID, trace: trace, idempotencyKey: idempotencyKey, principal: principal, attempt: attempt)
    }

    private init(
        method: Method, end: NIODeadline, peer: String, caller: Caller, metadata: Metadata, requestID: String,
        trace: TraceContext?, idempotencyKey: IdempotencyKey?, principal: [UInt8], attempt: UInt32
    ) {
        self.method = method
        self.end = end
        self.peer = peer
        self.caller = caller
        self.metadata = metadata
        self.requestID = requestID
        self.trace = trace
        self.idempotencyKey = idempotencyKey
        self.principal = principal
        self.attempt = attempt
    }
}

extension CallContext {
    /// - Throws: `invalidArgument` for metadata or keys past their limits.
    init(
        _ header: RPCHeaders.CallHeader, method: Method, end: NIODeadline, peer: String, caller: Caller
    )
        throws(ServiceError)
    {
        var key: IdempotencyKey?
        if !header.idempotencyKey.isEmpty {
            key = IdempotencyKey(header.idempotencyKey)
            guard key != nil else { throw ServiceError(.invalidArgument, "an idempotency key has 16 bytes") }
        }
        self.init(
            method: method, end: end, peer: peer, caller: caller,
            metadata: header.meta.isEmpty ? Metadata() : try Metadata(header.meta), requestID: header.requestId,
            trace: header.trace.isEmpty ? nil : TraceContext(bytes: header.trace, state: header.tracestate),
            idempotencyKey: key, principal: header.principal, attempt: header.attempt)
    }
}

extension RPCHeaders.CallHeader {
    init(_ method: Method, _ options: CallOptions, timeout: Duration) {
        self.init()
        self.method = method.id
        timeoutMs = UInt32(clamping: max(1, timeout.milliseconds))
        if let trace = options.trace {
            self.trace = trace.bytes
            tracestate = trace.state
        }
        if let key = options.idempotencyKey { idempotencyKey = key.bytes }
        principal = options.principal
        requestId = options.requestID
        if !options.metadata.entries.isEmpty { meta = options.metadata.meta }
    }
}
