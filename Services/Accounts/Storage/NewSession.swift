/// A session as it is stored.
package struct NewSession: Sendable, Equatable {
    /// SHA-256 of the token, 32 bytes.
    package let tokenHash: [UInt8]
    package let createdAt: UTCInstant
    package let expiresAt: UTCInstant

    /// A session that begins now.
    package init(tokenHash: [UInt8], createdAt: UTCInstant, expiresAt: UTCInstant) {
        self.tokenHash = tokenHash
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
