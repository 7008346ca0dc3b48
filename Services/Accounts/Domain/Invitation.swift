package import Calendar

/// An invitation that waits, as owner and managers see it.
package struct Invitation: Sendable, Equatable {
    /// Not the token; good for withdrawing it.
    package let handle: String
    package let email: String
    package let role: MemberRole
    package let expiresAt: UTCInstant

    /// As it is stored.
    package init(handle: String, email: String, role: MemberRole, expiresAt: UTCInstant) {
        self.handle = handle
        self.email = email
        self.role = role
        self.expiresAt = expiresAt
    }
}
