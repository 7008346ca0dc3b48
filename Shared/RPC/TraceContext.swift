/// W3C Trace Context (w3.org/TR/trace-context), as it travels with every call.
package struct TraceContext: Sendable, Equatable {
    /// 16 bytes trace id, 8 bytes parent span id, 1 byte flags; neither id is all zeros.
    package let bytes: [UInt8]
    package var state: String

    /// - Parameter bytes: 25 bytes; nil when they are another number or an id is all zeros.
    package init?(bytes: [UInt8], state: String = "") {
        guard bytes.count == 25, bytes[0..<16].contains(where: { $0 != 0 }), bytes[16..<24].contains(where: { $0 != 0 })
        else { return nil }
        self.bytes = bytes
        self.state = state
    }

    /// - Parameter traceparent: version 00: "00-<32 hex>-<16 hex>-<2 hex>", lower case; nil for anything else.
    package init?(traceparent: some StringProtocol, state: String = "") {
        let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "00", parts[1].utf8.count == 32, parts[2].utf8.count == 16,
            parts[3].utf8.count == 2
        else { return nil }
        var bytes: [UInt8] = []
        for part in parts.dropFirst() {
            let digits = Array(part.utf8)
            for index in stride(from: 0, to: digits.count, by: 2) {
                guard let high = TraceContext.digit(digits[index]), let low = TraceContext.digit(digits[index + 1])
                else { return nil }
                bytes.append(high << 4 | low)
            }
        }
        self.init(bytes: bytes, state: state)
    }

    /// A new trace.
    package static func root(using generator: inout some RandomNumberGenerator) -> TraceContext {
        var bytes: [UInt8] = []
        for _ in 0..<3 {
            // An id of zeros is not allowed; one bit set costs nothing.
            let word = generator.next() | 1
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
        return TraceContext(unchecked: bytes + [1], state: "")
    }

    /// The same trace with a new span as parent of what is called next.
    package func child(using generator: inout some RandomNumberGenerator) -> TraceContext {
        let span = generator.next() | 1
        let id = (0..<8).map { UInt8(truncatingIfNeeded: span >> ($0 * 8)) }
        return TraceContext(unchecked: Array(bytes[0..<16]) + id + [bytes[24]], state: state)
    }

    /// The trace id in 32 hexadecimal digits.
    package var traceID: String { TraceContext.hex(bytes[0..<16]) }

    /// The header field `traceparent`.
    package var traceparent: String {
        "00-\(traceID)-\(TraceContext.hex(bytes[16..<24]))-\(TraceContext.hex(bytes[24..<25]))"
    }

    private init(unchecked bytes: [UInt8], state: String) {
        self.bytes = bytes
        self.state = state
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func hex(_ bytes: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
