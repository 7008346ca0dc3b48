package import Calendar

/// A person's account.
package struct Account: Sendable, Equatable {
    package let id: AccountID
    /// As the person wrote it.
    package let email: String
    package let term: PlanTerm
    package let isEmailVerified: Bool
    package let createdAt: UTCInstant
    package let roles: [Role]
    package let isSuspended: Bool
    package let hasSecondFactor: Bool
    /// What the person wants to be called; empty: not said.
    package let displayName: String

    /// Longest display name, characters.
    package static let nameLimit = 80

    /// All that is known of it but its secrets.
    package init(
        id: AccountID, email: String, term: PlanTerm, isEmailVerified: Bool, createdAt: UTCInstant,
        roles: [Role] = [.member], isSuspended: Bool = false, hasSecondFactor: Bool = false, displayName: String = ""
    ) {
        self.id = id
        self.email = email
        self.term = term
        self.isEmailVerified = isEmailVerified
        self.createdAt = createdAt
        self.roles = roles
        self.isSuspended = isSuspended
        self.hasSecondFactor = hasSecondFactor
        self.displayName = displayName
    }

    /// A new account, whose address nobody has verified.
    package init(id: AccountID, email: String, plan: PlanName, createdAt: UTCInstant) {
        self.init(
            id: id, email: email, term: PlanTerm(plan: plan), isEmailVerified: false, createdAt: createdAt)
    }
}
