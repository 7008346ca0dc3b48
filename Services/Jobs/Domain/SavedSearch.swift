package import Calendar

/// A search that a seeker wants to hear of.
package struct SavedSearch: Sendable, Equatable {
    /// How often news are mailed.
    package enum Rhythm: String, Sendable, CaseIterable {
        case daily, weekly, never
    }

    package let id: String
    package let account: String
    package var name: String
    /// The search as an address of the board carries it: `q=auditor&required=CPC`.
    package let query: String
    package var rhythm: Rhythm
    package let createdAt: UTCInstant
    /// Postings published until then were seen or mailed.
    package var seenThrough: UTCInstant
    /// When it had news that were mailed.
    package var mailedAt: UTCInstant?

    /// What an account may keep: more digests than that nobody reads.
    package static let limit = 50
    /// Characters of a name.
    package static let nameLimit = 80
    /// The hour (UTC) at which digests go out: early morning in all of the United States. One for all searches, so that
    /// an account gets one digest a day.
    static let hour: Int64 = 11

    /// What the store holds.
    package init(
        id: String, account: String, name: String, query: String, rhythm: Rhythm, createdAt: UTCInstant,
        seenThrough: UTCInstant, mailedAt: UTCInstant? = nil
    ) {
        self.id = id
        self.account = account
        self.name = name
        self.query = query
        self.rhythm = rhythm
        self.createdAt = createdAt
        self.seenThrough = seenThrough
        self.mailedAt = mailedAt
    }

    /// When it is looked at next: the next morning, or the next Monday morning; nil for `never`.
    package func due(after now: UTCInstant) -> UTCInstant? {
        guard rhythm != .never else { return nil }
        var morning = UTCInstant(startOf: now.date).adding(seconds: Self.hour * 3_600)
        if morning <= now { morning = morning.adding(seconds: 86_400) }
        // 1970-01-01 was a Thursday: days ≡ 4 (mod 7) are Mondays.
        while rhythm == .weekly, (morning.date.daysSince1970 % 7 + 7) % 7 != 4 {
            morning = morning.adding(seconds: 86_400)
        }
        return morning
    }
}
