/// What Jobs has to know of an account; Accounts says it.
package struct Standing: Sendable, Equatable {
    /// Where mail goes.
    package let email: String
    /// The address was verified: posting, applying and mail need it.
    package let isVerified: Bool
    /// Reads the moderation queue.
    package let isModerator: Bool

    /// As Accounts answered.
    package init(email: String, isVerified: Bool, isModerator: Bool) {
        self.email = email
        self.isVerified = isVerified
        self.isModerator = isModerator
    }
}
