/// A recursive-descent reader of RFC 8259 with a bounded depth.
struct JSONParser {
    private let text: [UInt8]
    private var position = 0

    init(_ text: [UInt8]) { self.text = text }

    mutating func document() throws(SchemaError) -> JSONValue {
        let value = try self.value(depth: 0)
        skipSpace()
        guard position == text.count else { throw error("something follows the JSON value") }
        return value
    }

    private func error(_ reason: String) -> SchemaError {
        .invalid(field: "", reason: "the body is not valid JSON: \(reason) at byte \(position)")
    }

    private var current: UInt8? { position < text.count ? text[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard position + count <= text.count else { return false }
        for index in 0..<count where text[position + index] != word.utf8Start[index] { return false }
        position += count
        return true
    }

    private mutating func value(depth: Int) throws(SchemaError) -> JSONValue {
        guard depth < JSONValue.depthLimit else { throw error("over \(JSONValue.depthLimit) levels deep") }
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t") where take("true"): return .bool(true)
        case UInt8(ascii: "f") where take("false"): return .bool(false)
        case UInt8(ascii: "n") where take("null"): return .null
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(SchemaError) -> JSONValue {
        position += 1
        var members: [(key: String, value: JSONValue)] = []
        var keys: Set<String> = []
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw error("a key is expected") }
            let key = try string()
            guard keys.insert(key).inserted else {
                throw .invalid(field: key, reason: "stands twice in the same object")
            }
            skipSpace()
            guard take(":") else { throw error("':' is expected") }
            members.append((key, try value(depth: depth + 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw error("',' or '}' is expected") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(SchemaError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw error("',' or ']' is expected") }
        return .array(elements)
    }

    private mutating func number() throws(SchemaError) -> String {
        let start = position
        _ = take("-")
        let whole = digits()
        guard whole > 0 else { throw error("a value is expected") }
        let first = text[position - whole]
        guard whole == 1 || first != UInt8(ascii: "0") else { throw error("a number has a leading zero") }
        if take(".") { guard digits() > 0 else { throw error("digits are expected") } }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            guard digits() > 0 else { throw error("digits are expected") }
        }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
        return position - start
    }

    private mutating func string() throws(SchemaError) -> String {
        position += 1
        var bytes: [UInt8] = []
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: bytes, as: UTF8.self) else { throw error("a text is not UTF-8") }
                return string
            case UInt8(ascii: "\\"): bytes += try escape()
            case 0..<0x20: throw error("a control character is not escaped")
            default: bytes.append(byte)
            }
        }
        throw error("a text has no end")
    }

    private mutating func escape() throws(SchemaError) -> [UInt8] {
        guard let byte = current else { throw error("a text has no end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var code = UInt32(try hex4())
            if (0xD800..<0xDC00).contains(code) {
                guard take("\\u") else { throw error("half a surrogate pair") }
                let low = UInt32(try hex4())
                guard (0xDC00..<0xE000).contains(low) else { throw error("half a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("half a surrogate pair") }
            return Array(String(Character(scalar)).utf8)
        default: throw error("an unknown escape")
        }
    }

    private mutating func hex4() throws(SchemaError) -> UInt16 {
        guard position + 4 <= text.count,
            text[position..<position + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt16(String(decoding: text[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw error("four hexadecimal digits are expected") }
        position += 4
        return code
    }
}
