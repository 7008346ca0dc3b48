/// Walks the fields of one protobuf message in its wire form (protobuf.dev, "Encoding"). It never reads past its bytes.
///
/// It serves what works by descriptor, without a generated type: reading a descriptor set, and JSON transcoding.
package struct ProtobufReader {
    /// One field as it stands on the wire.
    package enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case bytes(UnsafeRawBufferPointer)
        case fixed32(UInt32)
    }

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    package var isAtEnd: Bool { position == bytes.count }

    /// The next field: its number and value; nil at the end.
    ///
    /// - Throws: `SchemaError.malformed` for a truncated field, a varint of over ten bytes, field number 0 or a group.
    package mutating func next() throws(SchemaError) -> (number: Int, value: Value)? {
        guard !isAtEnd else { return nil }
        let tag = try varint()
        let number = Int(truncatingIfNeeded: tag >> 3)
        guard number > 0, number < 1 << 29 else { throw .malformed("field number out of range") }
        switch tag & 7 {
        case 0: return (number, .varint(try varint()))
        case 1: return (number, .fixed64(try fixed(UInt64.self)))
        case 2:
            let count = try varint()
            guard count <= UInt64(bytes.count - position) else { throw .malformed("field \(number) is cut off") }
            let start = position
            position += Int(count)
            return (number, .bytes(UnsafeRawBufferPointer(rebasing: bytes[start..<position])))
        case 5: return (number, .fixed32(try fixed(UInt32.self)))
        default: throw .malformed("field \(number) has wire type \(tag & 7)")
        }
    }

    /// A varint, e.g. of a packed list.
    package mutating func varint() throws(SchemaError) -> UInt64 {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if shift == 63, byte > 1 { throw .malformed("varint over 64 bits") }
            result |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return result }
            shift += 7
            guard shift < 70 else { throw .malformed("varint over ten bytes") }
        }
        throw .malformed("varint is cut off")
    }

    /// A little-endian integer of fixed width.
    package mutating func fixed<T: FixedWidthInteger>(_ type: T.Type) throws(SchemaError) -> T {
        let width = MemoryLayout<T>.size
        guard width <= bytes.count - position else { throw .malformed("fixed value is cut off") }
        let value = bytes.loadUnaligned(fromByteOffset: position, as: T.self)
        position += width
        return T(littleEndian: value)
    }
}
