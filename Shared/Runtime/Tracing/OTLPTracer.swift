package import Instrumentation
import RPC
package import Tracing

/// Makes spans that are exported over OTLP, with W3C Trace Context as their identity.
///
/// Whether a trace is kept is decided by its id (OpenTelemetry's TraceIdRatioBased), so that programs with the same share keep the same
/// traces, whole.
package struct OTLPTracer: Tracer {
    private let exporter: SpanExporter
    private let percent: Int

    /// - Parameter percent: of all traces, that are kept; 0 to 100.
    package init(exporter: SpanExporter, percent: Int) {
        self.exporter = exporter
        self.percent = percent
    }

    package func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> InstrumentationContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> OTLPSpan {
        var context = context()
        let parent = context[TraceKey.self]
        var chance = SystemRandomNumberGenerator()
        let trace = parent?.child(using: &chance) ?? .root(using: &chance)
        context[TraceKey.self] = trace
        return OTLPSpan(
            name: operationName, context: context, trace: trace, parent: parent, kind: kind,
            start: instant().nanosecondsSinceEpoch, exporter: keeps(trace) ? exporter : nil)
    }

    package func forceFlush() {}

    package func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {
        guard let parent = extractor.extract(key: "traceparent", from: carrier) else { return }
        let state = extractor.extract(key: "tracestate", from: carrier) ?? ""
        context[TraceKey.self] = TraceContext(traceparent: parent, state: state)
    }

    package func inject<Carrier, Inject: Injector>(
        _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let trace = context[TraceKey.self] else { return }
        injector.inject(trace.traceparent, forKey: "traceparent", into: &carrier)
        if !trace.state.isEmpty { injector.inject(trace.state, forKey: "tracestate", into: &carrier) }
    }

    /// Whoever began the trace may have said that nobody is to keep it; else its id decides.
    private func keeps(_ trace: TraceContext) -> Bool {
        guard trace.bytes[24] & 1 == 1 else { return false }
        let number = trace.bytes[8..<16].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return number % 100 < UInt64(percent)
    }

    private enum TraceKey: InstrumentationContextKey {
        typealias Value = TraceContext
    }
}
