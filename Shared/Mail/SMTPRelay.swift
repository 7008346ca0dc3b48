package import Runtime

/// The relay that messages are handed to.
package struct SMTPRelay: Sendable, Equatable {
    package let host: String
    package let port: Int
    package let protection: MailProtection
    /// Empty: the relay asks for none.
    package let user: String
    package let password: String
    /// A file of certificates to trust instead of the system's; empty: the system's.
    package let authorities: String

    /// A relay.
    package init(
        host: String, port: Int, protection: MailProtection, user: String = "", password: String = "",
        authorities: String = ""
    ) {
        self.host = host
        self.port = port
        self.protection = protection
        self.user = user
        self.password = password
        self.authorities = authorities
    }
}
