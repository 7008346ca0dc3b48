/// The JSON of an OTLP/HTTP export (opentelemetry.io/docs/specs/otlp, opentelemetry/proto/trace/v1/trace.proto): ids in hexadecimal, times
/// in nanoseconds since 1970 as strings.
struct OTLPMessage: Encodable, Sendable {
    var resourceSpans: [ResourceSpans]

    /// The spans of one program.
    init(program: String, spans: [Span]) {
        let resource = Resource(attributes: [
            Attribute(key: "service.name", value: .string(program)),
            Attribute(key: "service.version", value: .string(Build.version)),
            Attribute(key: "service.namespace", value: .string("codingahead")),
        ])
        resourceSpans = [
            ResourceSpans(
                resource: resource, scopeSpans: [ScopeSpans(scope: Scope(name: "codingahead"), spans: spans)])
        ]
    }

    struct ResourceSpans: Encodable, Sendable {
        var resource: Resource
        var scopeSpans: [ScopeSpans]
    }

    struct Resource: Encodable, Sendable {
        var attributes: [Attribute]
    }

    struct ScopeSpans: Encodable, Sendable {
        var scope: Scope
        var spans: [Span]
    }

    struct Scope: Encodable, Sendable {
        var name: String
    }

    struct Span: Encodable, Sendable, Equatable {
        var traceId: String
        var spanId: String
        /// Empty: the first span of its trace.
        var parentSpanId: String
        var name: String
        /// 1 internal, 2 server, 3 client, 4 producer, 5 consumer.
        var kind: Int
        var startTimeUnixNano: String
        var endTimeUnixNano: String
        var attributes: [Attribute]
        var events: [Event]
        var status: Status
    }

    struct Event: Encodable, Sendable, Equatable {
        var timeUnixNano: String
        var name: String
    }

    /// 0 unset, 1 well, 2 failed.
    struct Status: Encodable, Sendable, Equatable {
        var code = 0
        var message = ""
    }

    struct Attribute: Encodable, Sendable, Equatable {
        var key: String
        var value: Value
    }

    enum Value: Encodable, Sendable, Equatable {
        case string(String)
        case integer(Int64)
        case double(Double)
        case bool(Bool)

        private enum Key: String, CodingKey {
            case stringValue, intValue, doubleValue, boolValue
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            switch self {
            case .string(let value): try container.encode(value, forKey: .stringValue)
            // 64-bit integers are strings in ProtoJSON.
            case .integer(let value): try container.encode(String(value), forKey: .intValue)
            case .double(let value): try container.encode(value, forKey: .doubleValue)
            case .bool(let value): try container.encode(value, forKey: .boolValue)
            }
        }
    }
}
