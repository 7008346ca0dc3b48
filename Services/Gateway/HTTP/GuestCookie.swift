/// The value of the guest cookie: `id.signature`, both base64url. Whoever changes a bit is a newcomer again.
struct GuestCookie: Sendable {
    private static let signatureBytes = 32
    /// Longer than any value that we make: 22 characters, a dot, 43 characters.
    private static let maximumLength = 66

    let key: SigningKey

    func value(for guest: GuestID) -> String {
        let signature = key.signature(for: .guest, of: Array(guest.text.utf8))
        return "\(guest.text).\(Base64URL.text(of: signature))"
    }

    /// The guest whose cookie it is; nil when we did not sign it.
    func guest(of value: String) -> GuestID? {
        guard value.utf8.count <= Self.maximumLength else { return nil }
        let parts = value.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2,
            let bytes = Base64URL.bytes(of: parts[0]), bytes.count == GuestID.byteCount,
            let signature = Base64URL.bytes(of: parts[1]), signature.count == Self.signatureBytes
        else { return nil }
        let guest = GuestID(bytes: bytes)
        return key.isValid(signature, for: .guest, of: Array(guest.text.utf8)) ? guest : nil
    }
}
