import Accounts
import Mail

extension Registration {
    /// A registration whose password opens nothing and whose mails nobody reads.
    ///
    /// - Parameter chance: 32 bytes for the hashes of its tokens.
    static func bare(_ account: Account, chance: [UInt8], guest: GuestID? = nil) throws -> Registration {
        let now = account.createdAt
        let word = Hexadecimal.text(chance.prefix(12))
        let mail = MailMessage(id: word, kind: "verify", recipient: account.email, subject: "", text: "")
        return Registration(
            account: account, address: try EmailAddress(account.email), passwordHash: "",
            session: NewSession(tokenHash: chance, createdAt: now, expiresAt: now), guest: guest, tokenHash: chance,
            verification: mail, notice: mail, network: nil, networkCeiling: 1)
    }
}
