/// Appends fields in protobuf's wire form; for what works by descriptor.
package struct ProtobufWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func varint(_ value: UInt64, field: Int) {
        raw(UInt64(field << 3))
        raw(value)
    }

    package mutating func bytes(_ value: some Collection<UInt8>, field: Int) {
        raw(UInt64(field << 3 | 2))
        raw(UInt64(value.count))
        bytes += value
    }

    package mutating func fixed64(_ value: UInt64, field: Int) {
        raw(UInt64(field << 3 | 1))
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }

    package mutating func fixed32(_ value: UInt32, field: Int) {
        raw(UInt64(field << 3 | 5))
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }

    private mutating func raw(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }
}
