/// A message of an outbox that is to be sent.
package struct WaitingMail: Sendable, Equatable {
    package let message: MailMessage
    /// Seconds since 1970.
    package let createdAt: Int64
    /// Tries that failed.
    package let failures: Int64

    /// As the outbox holds it.
    package init(message: MailMessage, createdAt: Int64, failures: Int64) {
        self.message = message
        self.createdAt = createdAt
        self.failures = failures
    }
}
