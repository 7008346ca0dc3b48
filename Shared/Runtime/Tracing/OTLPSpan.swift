package import Instrumentation
import RPC
import Synchronization
package import Tracing

/// A span that is exported when it ends, or, when its trace is not kept, only carries the trace on.
package final class OTLPSpan: Tracing.Span {
    /// What a span says beside its name; more is left out.
    private static let attributeLimit = 32
    private static let eventLimit = 16

    private struct State: Sendable {
        var name: String
        var attributes = SpanAttributes()
        var events: [OTLPMessage.Event] = []
        var status = OTLPMessage.Status()
        var hasEnded = false
    }

    package let context: InstrumentationContext
    private let trace: TraceContext
    private let parent: TraceContext?
    private let kind: SpanKind
    private let start: UInt64
    private let exporter: SpanExporter?
    private let state: Mutex<State>

    init(
        name: String, context: InstrumentationContext, trace: TraceContext, parent: TraceContext?, kind: SpanKind,
        start: UInt64, exporter: SpanExporter?
    ) {
        self.context = context
        self.trace = trace
        self.parent = parent
        self.kind = kind
        self.start = start
        self.exporter = exporter
        state = Mutex(State(name: name))
    }

    package var operationName: String {
        get { state.withLock { $0.name } }
        set { state.withLock { $0.name = newValue } }
    }

    package var attributes: SpanAttributes {
        get { state.withLock { $0.attributes } }
        set { if isRecording { state.withLock { $0.attributes = newValue } } }
    }

    package var isRecording: Bool { exporter != nil && !state.withLock { $0.hasEnded } }

    package func setStatus(_ status: SpanStatus) {
        let code = status.code == .error ? 2 : 1
        state.withLock { $0.status = OTLPMessage.Status(code: code, message: status.message ?? "") }
    }

    package func addEvent(_ event: SpanEvent) {
        note(event.name, at: event.nanosecondsSinceEpoch)
    }

    /// Only the error's type: its text could hold what a person has written.
    package func recordError<Instant: TracerInstant>(
        _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
    ) {
        note("exception \(type(of: error))", at: instant().nanosecondsSinceEpoch)
    }

    package func addLink(_ link: SpanLink) {}

    package func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        guard let exporter else { return }
        let end = instant().nanosecondsSinceEpoch
        let ended = state.withLock { state -> State? in
            guard !state.hasEnded else { return nil }
            state.hasEnded = true
            return state
        }
        if let ended { exporter.take(message(of: ended, end: end)) }
    }

    private func note(_ event: String, at time: UInt64) {
        state.withLock { state in
            guard state.events.count < Self.eventLimit else { return }
            state.events.append(OTLPMessage.Event(timeUnixNano: String(time), name: event))
        }
    }

    private func message(of state: State, end: UInt64) -> OTLPMessage.Span {
        var attributes: [OTLPMessage.Attribute] = []
        state.attributes.forEach { key, attribute in
            guard attributes.count < Self.attributeLimit, let value = OTLPMessage.Value(attribute) else { return }
            attributes.append(OTLPMessage.Attribute(key: key, value: value))
        }
        return OTLPMessage.Span(
            traceId: trace.traceID, spanId: Self.spanID(of: trace), parentSpanId: parent.map(Self.spanID) ?? "",
            name: state.name, kind: Self.number(of: kind), startTimeUnixNano: String(start),
            endTimeUnixNano: String(end), attributes: attributes.sorted { $0.key < $1.key }, events: state.events,
            status: state.status)
    }

    private static func number(of kind: SpanKind) -> Int {
        switch kind {
        case .server: 2
        case .client: 3
        case .producer: 4
        case .consumer: 5
        default: 1
        }
    }

    private static func spanID(of trace: TraceContext) -> String {
        String(trace.traceparent.split(separator: "-")[2])
    }
}

extension OTLPMessage.Value {
    /// Nil for lists, which nothing here sets.
    fileprivate init?(_ attribute: SpanAttribute) {
        switch attribute {
        case .string(let value): self = .string(value)
        case .int32(let value): self = .integer(Int64(value))
        case .int64(let value): self = .integer(value)
        case .double(let value): self = .double(value)
        case .bool(let value): self = .bool(value)
        case .stringConvertible(let value): self = .string(value.description)
        default: return nil
        }
    }
}
