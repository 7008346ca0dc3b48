/// Where messages go: an SMTP relay, or a Maildir when there is none.
package protocol MailDelivery: Sendable {
    /// Hands a whole message over. When it returns the other side has it for good.
    ///
    /// - Throws: `MailDeliveryError`.
    func deliver(_ message: [UInt8], from sender: String, to recipient: String) async throws(MailDeliveryError)
}
