/// How long mailed tokens are good for, and how often they are mailed.
package enum MailedToken {
    /// A link that verifies an address or changes it, seconds.
    package static let verificationLifetime: Int64 = 3 * 86_400
    /// A link that sets a password, seconds: short, since it opens the account.
    package static let resetLifetime: Int64 = 3_600
    /// Between two mails of a kind to an address, seconds: a form that is sent again and again fills nobody's mailbox.
    package static let interval: Int64 = 60
}
