/// One line of the log, built up key by key and never longer than `maxBytes`.
///
/// Values are cut, control characters are escaped and keys whose values would be personal are withheld, so that no
/// caller can break the one-event-one-line shape or leak what must not be logged.
struct LogLine {
    /// A line stays below the 8 KiB that log collectors accept.
    static let maxBytes = 8 * 1024
    /// Longest value; ids, kinds and messages are shorter.
    static let maxValueBytes = 512
    /// Keys past this number are dropped: an event has a handful.
    static let maxKeys = 32
    /// Keys that name personal or secret content: their values are never written, whoever passes them.
    static let withheldKeys: Set<String> = [
        "email", "password", "token", "cookie", "authorization", "address", "ip", "query", "q", "text", "note",
        "question", "body",
    ]

    private let format: LogFormat
    private(set) var bytes: [UInt8] = []
    private var keys = 0

    init(format: LogFormat) {
        self.format = format
        bytes.reserveCapacity(256)
        if format == .json { bytes.append(UInt8(ascii: "{")) }
    }

    mutating func add(_ key: String, _ value: String) {
        guard keys < Self.maxKeys, bytes.count + Self.maxValueBytes * 2 + 128 < Self.maxBytes else { return }
        let value = Self.withheldKeys.contains(key.lowercased()) ? "[withheld]" : value
        switch format {
        case .logfmt:
            if keys > 0 { bytes.append(UInt8(ascii: " ")) }
            appendKey(key)
            bytes.append(UInt8(ascii: "="))
            appendValue(value, quoted: Self.needsQuotes(value))
        case .json:
            if keys > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "\""))
            appendKey(key)
            bytes.append(contentsOf: "\":".utf8)
            appendValue(value, quoted: true)
        }
        keys += 1
    }

    /// Ends the line; nothing may be added after it.
    mutating func end() {
        if format == .json { bytes.append(UInt8(ascii: "}")) }
        bytes.append(0x0A)
    }

    /// Letters, digits and `_ . -`; other bytes become `_`.
    private mutating func appendKey(_ key: String) {
        for byte in key.utf8.prefix(64) {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
                bytes.append(byte)
            default: bytes.append(UInt8(ascii: "_"))
            }
        }
    }

    private static func needsQuotes(_ value: String) -> Bool {
        value.isEmpty
            || value.utf8.contains { byte in
                byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "\"")
                    || byte == UInt8(ascii: "\\")
            }
    }

    private mutating func appendValue(_ value: String, quoted: Bool) {
        if quoted { bytes.append(UInt8(ascii: "\"")) }
        let limit = bytes.count + Self.maxValueBytes
        for scalar in value.unicodeScalars {
            guard bytes.count < limit else {
                bytes.append(contentsOf: "…".utf8)
                break
            }
            switch scalar {
            case "\"": bytes.append(contentsOf: "\\\"".utf8)
            case "\\": bytes.append(contentsOf: "\\\\".utf8)
            case "\n": bytes.append(contentsOf: "\\n".utf8)
            case "\t": bytes.append(contentsOf: "\\t".utf8)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                bytes.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
            default: bytes.append(contentsOf: String(scalar).utf8)
            }
        }
        if quoted { bytes.append(UInt8(ascii: "\"")) }
    }
}
