/// What Jobs has to know of an account; Accounts says it.
package struct Standing: Sendable, Equatable {
    /// The account's id.
    package let account: String
    /// Where mail goes.
    package let email: String
    /// The address was verified: posting, applying and mail need it.
    package let isVerified: Bool
    /// May change nothing and gets no mail.
    package let isSuspended: Bool
    /// Reads the moderation queue.
    package let isModerator: Bool
    package let organisations: [Agent.Organisation]

    /// As Accounts answered.
    package init(
        account: String, email: String, isVerified: Bool, isSuspended: Bool = false, isModerator: Bool = false,
        organisations: [Agent.Organisation] = []
    ) {
        self.account = account
        self.email = email
        self.isVerified = isVerified
        self.isSuspended = isSuspended
        self.isModerator = isModerator
        self.organisations = organisations
    }

    /// The same as who acts for employers.
    package var agent: Agent { Agent(account, organisations: organisations) }

    /// Where mail may be sent; nil when it may not.
    package var mailAddress: String? { isVerified && !isSuspended ? email : nil }
}
