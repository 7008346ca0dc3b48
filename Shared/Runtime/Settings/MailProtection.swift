/// How the connection to a mail relay is protected.
package enum MailProtection: String, Sendable, CaseIterable {
    /// STARTTLS, and no mail without it.
    case required
    /// STARTTLS when the relay offers it.
    case wanted
    /// TLS from the first byte (port 465).
    case implicit
    /// Plain text: for a relay on this machine.
    case none
}
