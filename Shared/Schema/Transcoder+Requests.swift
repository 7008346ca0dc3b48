// JSON, path and query to the wire form of a request.

extension Transcoder {
    /// The wire form of the message that a JSON object stands for.
    ///
    /// - Throws: `invalid` with the field's path and what to do.
    package func message(_ name: String, json: [UInt8]) throws(SchemaError) -> [UInt8] {
        var writer = ProtobufWriter()
        if !json.isEmpty { try write(try JSONValue(json), try type(name), at: "", to: &writer) }
        return writer.bytes
    }

    /// The wire form of a request made by an address of `google.api.http`.
    ///
    /// - Parameters:
    ///   - path: the values of the template's variables, percent-decoded.
    ///   - query: the query's pairs, decoded, in their order; a repeated field may recur.
    ///   - body: the body's JSON; used as `rule.body` says.
    /// - Throws: `invalid` for a field that does not exist, stands twice, or has a value of another type.
    package func message(
        _ name: String, rule: MethodDescriptor.HTTPRule, path: [(String, String)], query: [(String, String)],
        body: [UInt8]
    ) throws(SchemaError) -> [UInt8] {
        let type = try type(name)
        var writer = ProtobufWriter()
        var seen: Set<String> = []
        if rule.body == "*" {
            if !body.isEmpty {
                let value = try JSONValue(body)
                try write(value, type, at: "", to: &writer)
                if case .object(let members) = value {
                    seen.formUnion(members.compactMap { field($0.key, in: type)?.name })
                }
            }
            if let first = query.first {
                throw .invalid(field: first.0, reason: "is not taken from the query here: put it into the body")
            }
        } else if let field = type.fields.first(where: { $0.name == rule.body }) {
            if !body.isEmpty { try write(try JSONValue(body), of: field, at: field.jsonName, to: &writer) }
            seen.insert(field.name)
        }
        for (key, text) in path + query {
            guard let field = field(key, in: type) else { throw unknown(key, in: type) }
            guard field.isRepeated || seen.insert(field.name).inserted else {
                throw .invalid(field: field.jsonName, reason: "stands twice")
            }
            try writeText(text, of: field, to: &writer)
        }
        return writer.bytes
    }

    // MARK: JSON

    private func write(
        _ value: JSONValue, _ type: MessageDescriptor, at path: String, to writer: inout ProtobufWriter
    ) throws(SchemaError) {
        guard case .object(let members) = value else { throw .invalid(field: path, reason: "must be an object") }
        var seen: Set<Int> = []
        for (key, value) in members {
            let place = path.isEmpty ? key : "\(path).\(key)"
            guard let field = field(key, in: type) else { throw unknown(place, in: type) }
            guard seen.insert(field.number).inserted else {
                throw .invalid(field: place, reason: "stands twice, in two spellings")
            }
            if value != .null { try write(value, of: field, at: place, to: &writer) }
        }
    }

    private func write(
        _ value: JSONValue, of field: FieldDescriptor, at path: String, to writer: inout ProtobufWriter
    ) throws(SchemaError) {
        guard field.isRepeated else { return try writeOne(value, of: field, at: path, to: &writer) }
        guard case .array(let elements) = value else { throw .invalid(field: path, reason: "must be a list") }
        for (index, element) in elements.enumerated() {
            try writeOne(element, of: field, at: "\(path)[\(index)]", to: &writer)
        }
    }

    private func writeOne(
        _ value: JSONValue, of field: FieldDescriptor, at path: String, to writer: inout ProtobufWriter
    ) throws(SchemaError) {
        switch (field.kind, value) {
        case (.message, _):
            var nested = ProtobufWriter()
            try write(value, try type(field.typeName), at: path, to: &nested)
            writer.bytes(nested.bytes, field: field.number)
        case (.bool, .bool(let flag)): writer.varint(flag ? 1 : 0, field: field.number)
        case (.string, .string(let text)): writer.bytes(text.utf8, field: field.number)
        case (.bool, _), (.string, _):
            throw .invalid(field: path, reason: field.kind == .bool ? "must be true or false" : "must be a text")
        case (_, .string(let text)), (_, .number(let text)): try writeText(text, of: field, at: path, to: &writer)
        default: throw .invalid(field: path, reason: "must be \(article(field.kind))")
        }
    }

    // MARK: Text

    private func writeText(
        _ text: String, of field: FieldDescriptor, at path: String? = nil, to writer: inout ProtobufWriter
    ) throws(SchemaError) {
        let number = field.number
        var value: UInt64?
        switch field.kind {
        case .string: return writer.bytes(text.utf8, field: number)
        case .bytes: if let data = decodeBase64(text) { return writer.bytes(data, field: number) }
        case .bool: value = text == "true" ? 1 : text == "false" ? 0 : nil
        case .int32: value = whole(text, Int32.self).map { UInt64(bitPattern: Int64($0)) }
        case .int64: value = whole(text, Int64.self).map { UInt64(bitPattern: $0) }
        case .uint32: value = whole(text, UInt32.self).map(UInt64.init)
        case .uint64: value = whole(text, UInt64.self)
        case .sint32: value = whole(text, Int32.self).map { UInt64(UInt32(bitPattern: $0 << 1 ^ $0 >> 31)) }
        case .sint64: value = whole(text, Int64.self).map { UInt64(bitPattern: $0 << 1 ^ $0 >> 63) }
        case .fixed32:
            if let value = whole(text, UInt32.self) { return writer.fixed32(value, field: number) }
        case .sfixed32:
            if let value = whole(text, Int32.self) { return writer.fixed32(UInt32(bitPattern: value), field: number) }
        case .fixed64:
            if let value = whole(text, UInt64.self) { return writer.fixed64(value, field: number) }
        case .sfixed64:
            if let value = whole(text, Int64.self) { return writer.fixed64(UInt64(bitPattern: value), field: number) }
        case .float:
            if let value = real(text),
                value.isNaN || value.isInfinite || abs(value) <= Double(Float.greatestFiniteMagnitude)
            {
                return writer.fixed32(Float(value).bitPattern, field: number)
            }
        case .double: if let value = real(text) { return writer.fixed64(value.bitPattern, field: number) }
        case .enum:
            let values = schema.enums[field.typeName]?.values ?? []
            let known = values.first { $0.name == text }?.number ?? Int32(text)
            value = known.map { UInt64(bitPattern: Int64($0)) }
        case .message, .group: break
        }
        guard let value else {
            throw .invalid(field: path ?? field.jsonName, reason: "must be \(article(field.kind))")
        }
        writer.varint(value, field: number)
    }

    /// A whole number, also written with a fraction of zero or an exponent, as ProtoJSON allows; nil past the type's range.
    private func whole<T: FixedWidthInteger>(_ text: String, _ type: T.Type) -> T? {
        guard let first = text.utf8.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else {
            return nil
        }
        return T(text) ?? real(text).flatMap { T(exactly: $0) }
    }

    /// A finite number in JSON's form, or one of ProtoJSON's three names.
    private func real(_ text: String) -> Double? {
        switch text {
        case "NaN": return .nan
        case "Infinity": return .infinity
        case "-Infinity": return -.infinity
        default:
            let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
            guard isPlain, let value = Double(text), value.isFinite else { return nil }
            return value
        }
    }

    private func field(_ key: String, in type: MessageDescriptor) -> FieldDescriptor? {
        type.fields.first { ($0.jsonName == key || $0.name == key) && !$0.isServiceOnly }
    }

    private func unknown(_ path: String, in type: MessageDescriptor) -> SchemaError {
        let known = type.fields.filter { !$0.isServiceOnly }.map(\.jsonName).joined(separator: ", ")
        return .invalid(field: path, reason: "is not known; known are: \(known)")
    }

    private func article(_ kind: FieldDescriptor.Kind) -> String {
        switch kind {
        case .string: "a text"
        case .bytes: "base64"
        case .bool: "true or false"
        case .double, .float: "a number"
        case .enum: "one of the enum's names"
        case .message, .group: "an object"
        case .uint32, .fixed32: "a whole number from 0 to 4294967295"
        case .uint64, .fixed64: "a whole number from 0 to 18446744073709551615"
        default: "a whole number"
        }
    }

    private func decodeBase64(_ text: String) -> [UInt8]? {
        var result: [UInt8] = []
        var word: UInt32 = 0
        var bits = 0
        for byte in text.utf8 where byte != UInt8(ascii: "=") {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"), UInt8(ascii: "-"): digit = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): digit = 63
            default: return nil
            }
            word = word << 6 | UInt32(digit)
            bits += 6
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(truncatingIfNeeded: word >> bits))
            }
        }
        return bits < 6 ? result : nil
    }
}
