/// JSON text (RFC 8259) read strictly: depth at most 32, no duplicate keys, no trailing bytes, numbers kept as they were written.
package indirect enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The digits as written, so that no integer loses precision.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// In the order of the text.
    case object([(key: String, value: JSONValue)])

    /// Deepest nesting: our messages have at most 4 levels.
    package static let depthLimit = 32

    /// - Throws: `SchemaError.invalid` with the byte where the text stops being JSON.
    package init(_ text: [UInt8]) throws(SchemaError) {
        var parser = JSONParser(text)
        self = try parser.document()
    }

    package static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)), (.string(let left), .string(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)):
            left.elementsEqual(right) { $0.key == $1.key && $0.value == $1.value }
        default: false
        }
    }
}
