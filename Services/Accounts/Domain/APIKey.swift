package import Calendar

/// A key as its owner's list shows it.
package struct APIKey: Sendable, Equatable {
    package let handle: String
    package let name: String
    package let scopes: [Scope]
    package let createdAt: UTCInstant
    /// To the hour; nil: never used.
    package let lastUsedAt: UTCInstant?

    /// Keys that an account may have.
    package static let limit = 50
    /// Longest name, characters.
    package static let nameLimit = 80
    /// The last use is noted at most this often, seconds: once an hour instead of with every call.
    package static let useInterval: Int64 = 3_600

    /// A key as it is stored.
    package init(handle: String, name: String, scopes: [Scope], createdAt: UTCInstant, lastUsedAt: UTCInstant?) {
        self.handle = handle
        self.name = name
        self.scopes = scopes
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
    }
}
