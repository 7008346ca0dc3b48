package import Calendar

/// A search that somebody keeps.
package struct SavedSearch: Sendable, Equatable {
    /// How often what is new in it is mailed.
    package enum Frequency: String, Sendable, CaseIterable {
        case daily, weekly, never
    }

    package let id: String
    package let account: String
    package let name: String
    /// The search as the contract has it, in JSON.
    package let search: String
    package let frequency: Frequency
    package let createdAt: UTCInstant
    package let mailedAt: UTCInstant?

    /// `mailedAt` is nil before the first mail.
    package init(
        id: String, account: String, name: String, search: String, frequency: Frequency, createdAt: UTCInstant,
        mailedAt: UTCInstant? = nil
    ) {
        self.id = id
        self.account = account
        self.name = name
        self.search = search
        self.frequency = frequency
        self.createdAt = createdAt
        self.mailedAt = mailedAt
    }
}
