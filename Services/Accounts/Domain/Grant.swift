package import Calendar

/// What an administrator gives a subject beyond its plan.
package struct Grant: Sendable, Equatable {
    package let subject: Subject
    package let feature: Feature
    package let amount: Int
    /// Lower is burnt first; a plan's own allowance has 100.
    package let priority: Int64
    package let expiresAt: UTCInstant
    /// Why, for the books. At most 500 bytes.
    package let reason: String

    /// Most that one grant gives: a slip of the hand should not make a plan pointless.
    package static let amounts = 1...100_000
    /// Longest reason, bytes.
    package static let reasonLimit = 500

    /// Checks its parts.
    ///
    /// - Throws: `InvalidField` that names the part.
    package init(
        subject: Subject, feature: Feature, amount: Int, priority: Int64, expiresAt: UTCInstant, reason: String,
        now: UTCInstant
    ) throws(InvalidField) {
        guard Self.amounts.contains(amount) else {
            throw InvalidField("amount", "a grant gives 1 to \(Self.amounts.upperBound)")
        }
        guard Purse.priorities.contains(priority) else {
            throw InvalidField("priority", "a priority is 0 to \(Purse.priorities.upperBound); a plan has 100")
        }
        guard now < expiresAt else { throw InvalidField("expires_at", "a grant ends in the future") }
        guard (1...Self.reasonLimit).contains(reason.utf8.count) else {
            throw InvalidField("reason", "say why, in at most \(Self.reasonLimit) bytes")
        }
        self.subject = subject
        self.feature = feature
        self.amount = amount
        self.priority = priority
        self.expiresAt = expiresAt
        self.reason = reason
    }
}
