import Crypto

/// The secret that a session is known by: 32 random bytes, shown once in base64url, stored only as their SHA-256.
package struct SessionToken: Sendable {
    /// Base64url without padding, 43 characters.
    package let text: String
    /// SHA-256 of the bytes.
    package let hash: [UInt8]

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// A new token.
    package init(using generator: inout some RandomNumberGenerator) {
        self.init(bytes: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// A token as it was shown; nil when `text` cannot be one.
    package init?(_ text: String) {
        guard text.utf8.count == 43, let bytes = Self.decode(text) else { return nil }
        self.init(bytes: bytes)
        guard self.text == text else { return nil }
    }

    private init(bytes: [UInt8]) {
        text = Self.encode(bytes)
        hash = Array(SHA256.hash(data: bytes))
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        var characters: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for position in 0...group.count { characters.append(alphabet[Int(bits >> UInt32(18 - 6 * position)) & 63]) }
        }
        return String(decoding: characters, as: UTF8.self)
    }

    private static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for character in text.utf8 {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0xFFFF
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> count))
        }
        return bytes.count == 32 ? bytes : nil
    }
}
