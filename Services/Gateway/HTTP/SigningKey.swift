import Crypto

/// 32 secret bytes that sign what the browser keeps for us: HMAC-SHA256 (RFC 2104), one purpose never valid as another.
package struct SigningKey: Sendable {
    /// Bytes of a key.
    package static let byteCount = 32

    private let key: SymmetricKey

    /// Takes the bytes; nil unless there are exactly 32.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// What is signed for.
    enum Purpose: UInt8 {
        case guest = 1
        case form = 2
        case idempotency = 3
        case viewer = 4
    }

    /// The signature of a message for a purpose, 32 bytes.
    func signature(for purpose: Purpose, of message: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: [purpose.rawValue] + message, using: key))
    }

    /// Whether a signature is the message's; takes the same time wherever the first difference is.
    func isValid(_ signature: [UInt8], for purpose: Purpose, of message: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: [purpose.rawValue] + message, using: key)
    }
}
