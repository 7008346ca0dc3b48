package import Calendar

/// A session as its owner's list shows it.
package struct SessionInfo: Sendable, Equatable {
    package let handle: String
    package let createdAt: UTCInstant
    package let expiresAt: UTCInstant
    /// The network that it was made from, and the browser; empty: not known.
    package let network: String
    package let client: String

    /// A session as it is stored.
    package init(handle: String, createdAt: UTCInstant, expiresAt: UTCInstant, network: String, client: String) {
        self.handle = handle
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.network = network
        self.client = client
    }
}
