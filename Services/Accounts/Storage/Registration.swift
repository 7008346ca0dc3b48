package import Mail

/// A new account as it is stored, in one act.
package struct Registration: Sendable {
    package let account: Account
    package let address: EmailAddress
    package let passwordHash: String
    package let session: NewSession
    /// Whose pages come along.
    package let guest: GuestID?
    /// The hash of the token that verifies the address.
    package let tokenHash: [UInt8]
    /// Goes out when the address is nobody's yet.
    package let verification: MailMessage
    /// Goes out instead when somebody has shown that the address is theirs.
    package let notice: MailMessage
    package let network: NetworkPrefix?
    /// Registrations that one network may make in a day.
    package let networkCeiling: Int

    /// All that a registration writes.
    package init(
        account: Account, address: EmailAddress, passwordHash: String, session: NewSession, guest: GuestID?,
        tokenHash: [UInt8], verification: MailMessage, notice: MailMessage, network: NetworkPrefix?,
        networkCeiling: Int
    ) {
        self.account = account
        self.address = address
        self.passwordHash = passwordHash
        self.session = session
        self.guest = guest
        self.tokenHash = tokenHash
        self.verification = verification
        self.notice = notice
        self.network = network
        self.networkCeiling = networkCeiling
    }
}
