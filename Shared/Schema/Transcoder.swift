/// Between protobuf's wire form and ProtoJSON (protobuf.dev, "ProtoJSON format"), by descriptor alone.
///
/// Out: lowerCamelCase names, 64-bit integers as strings, enums by name, bytes in base64; every field without presence is printed, also at its
/// default, so that a reader need not know the schema; what only services tell each other (`service_only`) is not.
/// In: both spellings, numbers also as strings; an unknown field is an error that names it.
package struct Transcoder: Sendable {
    let schema: DescriptorSet

    package init(_ schema: DescriptorSet) { self.schema = schema }

    func type(_ name: String) throws(SchemaError) -> MessageDescriptor {
        guard let type = schema.messages[name] else { throw .unknown("there is no message \"\(name)\"") }
        return type
    }
}

// MARK: Wire to JSON

extension Transcoder {
    /// The JSON of a message in its wire form.
    ///
    /// - Throws: `malformed` for bytes that are no such message, `unknown` for a message that the contract does not hold.
    package func json(from bytes: [UInt8], message: String) throws(SchemaError) -> [UInt8] {
        let type = try type(message)
        let result: Result<[UInt8], SchemaError> = bytes.withUnsafeBytes { bytes in
            var text = JSONText()
            text.reserve(bytes.count * 2)
            do throws(SchemaError) {
                try write(type, bytes, to: &text, depth: 0)
                return .success(text.bytes)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func write(
        _ type: MessageDescriptor, _ bytes: UnsafeRawBufferPointer, to text: inout JSONText, depth: Int
    ) throws(SchemaError) {
        guard depth < JSONValue.depthLimit else { throw .malformed("over \(JSONValue.depthLimit) levels deep") }
        var occurrences: [Int: [ProtobufReader.Value]] = [:]
        var reader = ProtobufReader(bytes)
        while let (number, value) = try reader.next() { occurrences[number, default: []].append(value) }
        text.open("{")
        for field in type.fields where !field.isServiceOnly {
            let values = occurrences[field.number] ?? []
            if field.kind == .message, !field.isRepeated, values.isEmpty { continue }
            text.key(field.jsonName)
            if field.isRepeated {
                text.open("[")
                for value in values { try writeElements(value, of: field, to: &text, depth: depth) }
                text.close("]")
            } else if let last = values.last {
                try write(last, of: field, to: &text, depth: depth)
            } else {
                writeDefault(of: field, to: &text)
            }
        }
        text.close("}")
    }

    /// One element, or all of a packed list.
    private func writeElements(
        _ value: ProtobufReader.Value, of field: FieldDescriptor, to text: inout JSONText, depth: Int
    ) throws(SchemaError) {
        switch field.kind {
        case .string, .bytes, .message:
            text.element()
            return try write(value, of: field, to: &text, depth: depth)
        default: break
        }
        guard case .bytes(let packed) = value else {
            text.element()
            return try write(value, of: field, to: &text, depth: depth)
        }
        var reader = ProtobufReader(packed)
        while !reader.isAtEnd {
            text.element()
            switch field.kind {
            case .double, .fixed64, .sfixed64:
                try write(.fixed64(reader.fixed(UInt64.self)), of: field, to: &text, depth: depth)
            case .float, .fixed32, .sfixed32:
                try write(.fixed32(reader.fixed(UInt32.self)), of: field, to: &text, depth: depth)
            default: try write(.varint(reader.varint()), of: field, to: &text, depth: depth)
            }
        }
    }

    private func write(
        _ value: ProtobufReader.Value, of field: FieldDescriptor, to text: inout JSONText, depth: Int
    ) throws(SchemaError) {
        switch (field.kind, value) {
        case (.message, .bytes(let bytes)): try write(try type(field.typeName), bytes, to: &text, depth: depth + 1)
        case (.string, .bytes(let bytes)): try text.string(bytes)
        case (.bytes, .bytes(let bytes)): text.base64(bytes)
        case (.bool, .varint(let number)): text.literal(number == 0 ? "false" : "true")
        case (.enum, .varint(let number)): writeEnum(Int32(truncatingIfNeeded: number), of: field, to: &text)
        case (.int32, .varint(let number)): text.literal(String(Int32(truncatingIfNeeded: number)))
        case (.uint32, .varint(let number)): text.literal(String(UInt32(truncatingIfNeeded: number)))
        case (.sint32, .varint(let number)): text.literal(String(Int32(truncatingIfNeeded: zigzag(number))))
        case (.int64, .varint(let number)): text.quoted(String(Int64(bitPattern: number)))
        case (.uint64, .varint(let number)): text.quoted(String(number))
        case (.sint64, .varint(let number)): text.quoted(String(zigzag(number)))
        case (.fixed32, .fixed32(let number)): text.literal(String(number))
        case (.sfixed32, .fixed32(let number)): text.literal(String(Int32(bitPattern: number)))
        case (.fixed64, .fixed64(let number)): text.quoted(String(number))
        case (.sfixed64, .fixed64(let number)): text.quoted(String(Int64(bitPattern: number)))
        case (.double, .fixed64(let bits)): text.number(Double(bitPattern: bits))
        case (.float, .fixed32(let bits)): text.number(Float(bitPattern: bits))
        default: throw .malformed("field \(field.name) has another wire type")
        }
    }

    private func writeEnum(_ number: Int32, of field: FieldDescriptor, to text: inout JSONText) {
        if let name = schema.enums[field.typeName]?.values.first(where: { $0.number == number })?.name {
            text.quoted(name)
        } else {
            text.literal(String(number))
        }
    }

    private func writeDefault(of field: FieldDescriptor, to text: inout JSONText) {
        switch field.kind {
        case .string, .bytes: text.quoted("")
        case .bool: text.literal("false")
        case .enum: writeEnum(0, of: field, to: &text)
        case .int64, .uint64, .sint64, .fixed64, .sfixed64: text.quoted("0")
        default: text.literal("0")
        }
    }

    private func zigzag(_ number: UInt64) -> Int64 { Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1) }
}
