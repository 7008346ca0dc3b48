/// JSON text that is being written.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    mutating func open(_ bracket: StaticString) {
        literal(bracket)
        needsComma = false
    }

    mutating func close(_ bracket: StaticString) {
        literal(bracket)
        needsComma = true
    }

    mutating func key(_ name: String) {
        element()
        quoted(name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Before each element of a list.
    mutating func element() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    mutating func literal(_ text: StaticString) {
        bytes += UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        needsComma = true
    }

    mutating func literal(_ text: String) {
        bytes += text.utf8
        needsComma = true
    }

    /// A text that needs no escapes.
    mutating func quoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        bytes += text.utf8
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    mutating func number<T: BinaryFloatingPoint & LosslessStringConvertible>(_ value: T) {
        if value.isNaN { return quoted("NaN") }
        if value.isInfinite { return quoted(value < 0 ? "-Infinity" : "Infinity") }
        let text = String(value)
        literal(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    /// - Throws: `malformed` when the bytes are not UTF-8.
    mutating func string(_ text: UnsafeRawBufferPointer) throws(SchemaError) {
        guard String(validating: text, as: UTF8.self) != nil else { throw .malformed("a text is not UTF-8") }
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes += "\\n".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0x09: bytes += "\\t".utf8
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += "\\u00".utf8
                bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// Standard base64 with padding (RFC 4648 §4).
    mutating func base64(_ data: UnsafeRawBufferPointer) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        bytes.append(UInt8(ascii: "\""))
        for start in stride(from: 0, to: data.count, by: 3) {
            let group = data[start..<min(start + 3, data.count)]
            var word: UInt32 = 0
            for index in 0..<3 {
                word = word << 8 | (index < group.count ? UInt32(group[group.startIndex + index]) : 0)
            }
            for index in 0..<4 {
                let digit = alphabet[Int(word >> (18 - 6 * index)) & 63]
                bytes.append(index <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }
}
