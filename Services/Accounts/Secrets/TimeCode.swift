import Crypto

/// Codes of a second factor: RFC 6238 with SHA-1, 6 digits, 30 seconds, as every authenticator app has them.
package struct TimeCode: Sendable {
    /// Seconds that a code is shown for.
    static let step: Int64 = 30
    /// Steps before and after the present one that are taken too: clocks differ (RFC 6238 §5.2).
    static let drift: Int64 = 1
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// The secret, 20 bytes (RFC 4226 §4 asks for 16 at least).
    package let secret: [UInt8]

    /// A secret as it is stored.
    package init(secret: [UInt8]) {
        self.secret = secret
    }

    /// A new secret.
    package init(using generator: inout some RandomNumberGenerator) {
        secret = (0..<20).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// The code of a step (RFC 4226 §5.3).
    package func code(step: Int64) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        let digest = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(digest[19] & 15)
        let bits = digest[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let digits = String(bits % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The step that a code is of, near `seconds`; nil when it is of none. Compares all candidates, whichever matches.
    ///
    /// - Parameter last: the step of the last code that was used; it and those before it are used up (RFC 6238 §5.2).
    package func matchingStep(_ code: String, at seconds: Int64, after last: Int64) -> Int64? {
        let now = seconds / Self.step
        var found: Int64?
        for step in now - Self.drift...now + Self.drift where Self.isEqual(code, self.code(step: step)) && step > last {
            found = step
        }
        return found
    }

    /// The secret in Base32, for typing (RFC 4648).
    package var text: String {
        var characters: [UInt8] = []
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for byte in secret {
            bits = (bits << 8 | UInt32(byte)) & 0xFFFF
            count += 8
            while count >= 5 {
                count -= 5
                characters.append(Self.alphabet[Int(bits >> count) & 31])
            }
        }
        if count > 0 { characters.append(Self.alphabet[Int(bits << (5 - count)) & 31]) }
        return String(decoding: characters, as: UTF8.self)
    }

    private static func isEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
