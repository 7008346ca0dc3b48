package import Calendar

/// Which account: 26 characters, the first 10 of them the time of its making, so that ids sort by age.
package struct AccountID: Sendable, Equatable, Hashable {
    package let text: String
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// An id as it was once minted; nil when `text` cannot be one.
    package init?(_ text: String) {
        guard text.utf8.count == 26, text.utf8.allSatisfy(Self.alphabet.contains) else { return nil }
        self.text = text
    }

    /// A new id of 50 bits of time and 80 of chance.
    package init(at instant: UTCInstant, using generator: inout some RandomNumberGenerator) {
        var bytes: [UInt8] = []
        for shift in stride(from: 45, through: 0, by: -5) {
            bytes.append(Self.alphabet[Int(instant.seconds >> Int64(shift)) & 31])
        }
        for _ in 0..<16 { bytes.append(Self.alphabet[Int.random(in: 0..<32, using: &generator)]) }
        text = String(decoding: bytes, as: UTF8.self)
    }
}
