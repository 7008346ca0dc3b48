package import Calendar

/// A session as it is stored.
package struct NewSession: Sendable, Equatable {
    /// SHA-256 of the token, 32 bytes.
    package let tokenHash: [UInt8]
    package let createdAt: UTCInstant
    package let expiresAt: UTCInstant
    /// The network that it is made from, and the browser: what its owner's list shows.
    package let network: String
    package let client: String

    /// Longest description of a browser that is kept, bytes.
    package static let clientLimit = 200

    /// A session that begins now.
    package init(
        tokenHash: [UInt8], createdAt: UTCInstant, expiresAt: UTCInstant, network: String = "", client: String = ""
    ) {
        self.tokenHash = tokenHash
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.network = network
        self.client = String(decoding: client.utf8.prefix(Self.clientLimit), as: UTF8.self)
    }
}
