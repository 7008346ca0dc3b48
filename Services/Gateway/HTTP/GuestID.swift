/// A guest: 16 random bytes, in base64url.
struct GuestID: Sendable, Equatable {
    static let byteCount = 16

    let text: String

    init(bytes: [UInt8]) {
        text = Base64URL.text(of: bytes)
    }
}
