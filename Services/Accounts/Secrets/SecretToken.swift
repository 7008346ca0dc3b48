import Crypto

/// A secret that is shown once and stored only as a hash: 32 random bytes in base64url after the prefix of their kind.
package struct SecretToken: Sendable {
    /// What it opens. Its prefix is hashed with it, so that a token of one kind is never one of another.
    package enum Kind: String, Sendable {
        case session = ""
        case apiKey = "ca_"
        /// Mailed: verifies an address.
        case verification = "mv_"
        /// Mailed: sets a new password.
        case passwordReset = "mr_"
        /// Mailed to a new address: makes it the account's.
        case emailChange = "mc_"
        /// Mailed: joins an organisation.
        case invitation = "mi_"
    }

    package let kind: Kind
    /// The prefix and base64url without padding, 43 characters.
    package let text: String
    /// SHA-256 of prefix and bytes.
    package let hash: [UInt8]

    /// What a list calls it: the hash's first 8 bytes in hexadecimal. Nothing of the secret follows from it.
    package var handle: String { Self.handle(ofHash: hash) }

    /// The handle of a stored hash.
    package static func handle(ofHash hash: [UInt8]) -> String { Hexadecimal.text(hash.prefix(8)) }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// A new token.
    package init(_ kind: Kind, using generator: inout some RandomNumberGenerator) {
        self.init(kind, bytes: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// A token as it was shown; nil when `text` cannot be one.
    package init?(_ kind: Kind, _ text: String) {
        guard text.utf8.count == kind.rawValue.utf8.count + 43, text.hasPrefix(kind.rawValue),
            let bytes = Self.decode(String(text.dropFirst(kind.rawValue.count)))
        else { return nil }
        self.init(kind, bytes: bytes)
        guard self.text == text else { return nil }
    }

    private init(_ kind: Kind, bytes: [UInt8]) {
        self.kind = kind
        text = kind.rawValue + Self.encode(bytes)
        hash = Array(SHA256.hash(data: Array(kind.rawValue.utf8) + bytes))
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
