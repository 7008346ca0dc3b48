package import Instrumentation
import NIOCore
import Wire

/// What a handler knows of the call that it serves. A value: filters change copies.
///
/// It is one reference wide, because each frame of a handler's chain holds it; the fields behind it are copied when one is changed.
package struct CallContext: Sendable {
    private struct Fields {
        var method: Method
        var end: NIODeadline
        var peer: String
        var caller: Caller
        var metadata: Metadata
        var requestID: String
        var trace: TraceContext?
        var idempotencyKey: IdempotencyKey?
        var principal: [UInt8]
        var attempt: UInt32
        var instrumentation: InstrumentationContext?
    }

    private final class Box: Sendable {
        let fields: Fields
        init(_ fields: Fields) { self.fields = fields }
    }

    private var box: Box
    /// Who takes the metadata of the reply; nil: nobody.
    var sink: (any ReplyMetadataSink)?

    package var method: Method { box.fields.method }
    /// When the caller gives up; the handler's task is cancelled then.
    package var deadline: ContinuousClock.Instant {
        get { .now + .nanoseconds((box.fields.end - .now()).nanoseconds) }
        set { change { $0.end = .now() + TimeAmount(newValue - .now) } }
    }
    /// Where the call comes from, e.g. "127.0.0.1:40312" or "in-process".
    package var peer: String { box.fields.peer }
    /// Who calls, as far as anything vouches for it.
    package var caller: Caller {
        get { box.fields.caller }
        set { change { $0.caller = newValue } }
    }
    package var metadata: Metadata {
        get { box.fields.metadata }
        set { change { $0.metadata = newValue } }
    }
    package var requestID: String {
        get { box.fields.requestID }
        set { change { $0.requestID = newValue } }
    }
    package var trace: TraceContext? {
        get { box.fields.trace }
        set { change { $0.trace = newValue } }
    }
    package var idempotencyKey: IdempotencyKey? { box.fields.idempotencyKey }
    /// On whose behalf the caller says that it calls.
    package var principal: [UInt8] {
        get { box.fields.principal }
        set { change { $0.principal = newValue } }
    }
    /// 0 on the first try.
    package var attempt: UInt32 { box.fields.attempt }
    /// What tracing carries along, current while the handler runs; nil unless a filter sets it.
    package var instrumentation: InstrumentationContext? {
        get { box.fields.instrumentation }
        set { change { $0.instrumentation = newValue } }
    }

    private mutating func change(_ body: (inout Fields) -> Void) {
        var fields = box.fields
        body(&fields)
        box = Box(fields)
    }

    /// What is left until the deadline; never below zero.
    package var remaining: Duration { .nanoseconds(max(0, (box.fields.end - .now()).nanoseconds)) }

    /// Says metadata that goes to the caller before the first reply.
    ///
    /// - Throws: `failedPrecondition` after the first reply, or when it was said already; `invalidArgument` for more than 6 KiB.
    package func setInitialMetadata(_ metadata: Metadata) throws(ServiceError) { try sink?.setInitial(metadata) }

    /// Says metadata that goes to the caller with the status; what was said before is replaced.
    ///
    /// - Throws: `invalidArgument` for more than 6 KiB.
    package func setTrailingMetadata(_ metadata: Metadata) throws(ServiceError) { try sink?.setTrailing(metadata) }

    /// Keeps a margin of the time that is left.
    mutating func keep(_ margin: Duration) { change { $0.end = $0.end - TimeAmount(margin) } }

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
        box = Box(
            Fields(
                method: method, end: end, peer: peer, caller: caller, metadata: metadata, requestID: requestID,
                trace: trace,
                idempotencyKey: idempotencyKey, principal: principal, attempt: attempt))
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
