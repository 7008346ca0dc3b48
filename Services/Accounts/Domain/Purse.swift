package import Calendar

/// What is left in one bucket, and when it is burnt.
package struct Purse: Sendable, Equatable {
    package let bucket: Bucket
    /// Lower is burnt first.
    package let priority: Int64
    /// The first moment at which it is worth nothing.
    package let expiresAt: UTCInstant
    package let givenAt: UTCInstant
    package let balance: Int

    /// The priority of what a plan gives.
    package static let planPriority: Int64 = 100
    /// Priorities that a grant may have.
    package static let priorities: ClosedRange<Int64> = 0...1_000

    /// A purse as the ledger sums it up.
    package init(bucket: Bucket, priority: Int64, expiresAt: UTCInstant, givenAt: UTCInstant, balance: Int) {
        self.bucket = bucket
        self.priority = priority
        self.expiresAt = expiresAt
        self.givenAt = givenAt
        self.balance = balance
    }

    /// Burnt by priority, then by expiry (what lapses first), then by age, then by number, so that the order is total.
    package static func burnsBefore(_ left: Purse, _ right: Purse) -> Bool {
        let ends = (left.expiresAt.seconds, right.expiresAt.seconds)
        let ages = (left.givenAt.seconds, right.givenAt.seconds)
        return (left.priority, ends.0, ages.0, left.bucket.number) < (
            right.priority, ends.1, ages.1, right.bucket.number
        )
    }

    /// The purse that a charge at `now` is taken from; nil when nothing is left in any.
    package static func next(of purses: [Purse], at now: UTCInstant) -> Purse? {
        purses.filter { $0.balance > 0 && now < $0.expiresAt }.min(by: burnsBefore)
    }
}
