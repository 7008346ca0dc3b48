/// Why a message was not taken.
package struct MailDeliveryError: Error, Sendable, Equatable {
    /// Whether another try may help. A refusal with a 5xx reply is for good (RFC 5321 §4.2.1): a bounce.
    package let isPermanent: Bool
    /// The SMTP reply's code; 0 when there was none.
    package let code: Int
    /// What happened, without any address.
    package let message: String

    /// A failure; its message must hold nothing of the mail.
    package init(isPermanent: Bool, code: Int = 0, _ message: String) {
        self.isPermanent = isPermanent
        self.code = code
        self.message = message
    }
}
