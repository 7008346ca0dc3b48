import Instrumentation
package import Tracing

/// A span for each call, through swift-distributed-tracing: on the server's side the child of the caller's, on the client's side the child
/// of what is current, else of the trace that the call was given.
///
/// W3C Trace Context travels in the header's own fields; what else a tracer says (baggage, its own ids) travels as metadata.
package struct TracingFilter: Filter {
    private let kind: SpanKind
    private let tracer: any Tracer

    /// - Parameter kind: `.server` or `.client`.
    package init(_ kind: SpanKind, tracer: any Tracer) {
        self.kind = kind
        self.tracer = tracer
    }

    package func begin(_ context: inout CallContext) throws(ServiceError) {
        let current = kind == .server ? nil : InstrumentationContext.current
        var parent = current ?? .topLevel
        if current == nil {
            tracer.extract(context, into: &parent, using: CallContextCarrier())
        }
        let span = tracer.startAnySpan(context.method.fullName, context: parent, ofKind: kind)
        span.attributes["rpc.system"] = "codingahead"
        span.attributes["rpc.service"] = context.method.serviceName
        span.attributes["rpc.method"] = String(context.method.fullName.drop { $0 != "/" }.dropFirst())
        if kind == .client { tracer.inject(span.context, into: &context, using: CallContextCarrier()) }
        var own = span.context
        own[SpanKey.self] = span
        context.instrumentation = own
    }

    package func end(_ context: CallContext, _ outcome: CallOutcome) {
        guard let span = context.instrumentation?[SpanKey.self] else { return }
        if let failure = outcome.failure {
            span.attributes["rpc.status"] = failure.name
            span.setStatus(SpanStatus(code: .error, message: failure.name))
        }
        span.end()
    }

    private enum SpanKey: InstrumentationContextKey {
        typealias Value = any Span
    }
}

/// Reads and writes what a tracer says of a call.
private struct CallContextCarrier: Extractor, Injector {
    func extract(key: String, from context: CallContext) -> String? {
        switch key {
        case "traceparent": context.trace?.traceparent
        case "tracestate": context.trace.flatMap { $0.state.isEmpty ? nil : $0.state }
        default: context.metadata[key].map { String(decoding: $0, as: UTF8.self) }
        }
    }

    func inject(_ value: String, forKey key: String, into context: inout CallContext) {
        switch key {
        case "traceparent":
            if let trace = TraceContext(traceparent: value, state: context.trace?.state ?? "") { context.trace = trace }
        case "tracestate": context.trace?.state = value
        default:
            // A tracer's key that metadata cannot carry, or one too many, costs a piece of a trace, not the call.
            do throws(ServiceError) { try context.metadata.add(key.lowercased(), Array(value.utf8)) } catch { return }
        }
    }
}
