import Crypto

/// A code that logs in once when the second factor is lost: 80 bits of chance, written as `xxxx-xxxx-xxxx-xxxx`.
package struct RecoveryCode: Sendable {
    /// Codes that are given out at once.
    package static let count = 10
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let length = 16

    /// As it is shown.
    package let text: String

    /// A new code.
    package init(using generator: inout some RandomNumberGenerator) {
        self.init(characters: (0..<Self.length).map { _ in Self.alphabet[Int.random(in: 0..<32, using: &generator)] })
    }

    /// A code as somebody typed it: case, blanks and dashes do not matter; nil when it cannot be one.
    package init?(_ written: String) {
        guard written.utf8.count <= 64 else { return nil }
        let characters = Array(written.lowercased().utf8.filter { $0 != 0x20 && $0 != 0x2D })
        guard characters.count == Self.length, characters.allSatisfy(Self.alphabet.contains) else { return nil }
        self.init(characters: characters)
    }

    private init(characters: [UInt8]) {
        text = stride(from: 0, to: characters.count, by: 4).map { start in
            String(decoding: characters[start..<start + 4], as: UTF8.self)
        }.joined(separator: "-")
    }

    /// What is stored: SHA-256 over the account's id and the code.
    package func hash(for account: AccountID) -> [UInt8] {
        Array(SHA256.hash(data: Array("\(account.text)\n\(text)".utf8)))
    }
}
