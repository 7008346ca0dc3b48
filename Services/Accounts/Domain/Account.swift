/// A person's account.
package struct Account: Sendable, Equatable {
    package let id: AccountID
    /// As the person wrote it.
    package let email: String
    package let plan: PlanName
    package let isEmailVerified: Bool
    package let createdAt: UTCInstant

    /// All that is known of it but the password's hash.
    package init(id: AccountID, email: String, plan: PlanName, isEmailVerified: Bool, createdAt: UTCInstant) {
        self.id = id
        self.email = email
        self.plan = plan
        self.isEmailVerified = isEmailVerified
        self.createdAt = createdAt
    }
}
