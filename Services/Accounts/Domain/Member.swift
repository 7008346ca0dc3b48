package import Calendar

/// One of an organisation, as the others see them.
package struct Member: Sendable, Equatable {
    package let account: AccountID
    package let email: String
    /// Empty: not said.
    package let displayName: String
    package let role: MemberRole
    package let joinedAt: UTCInstant

    /// As it is stored.
    package init(account: AccountID, email: String, displayName: String, role: MemberRole, joinedAt: UTCInstant) {
        self.account = account
        self.email = email
        self.displayName = displayName
        self.role = role
        self.joinedAt = joinedAt
    }
}
