/// A message to one recipient, as it waits in an outbox.
package struct MailMessage: Sendable, Equatable {
    /// Makes the Message-ID, and makes a second entry of the same cause do nothing. Letters, digits, `-`, `_` and `.`.
    package let id: String
    /// Which template it was made from, e.g. `verify`: for logs and statistics, never the text.
    package let kind: String
    /// One address.
    package let recipient: String
    /// One line.
    package let subject: String
    package let text: String
    /// Empty: the message has a text part only.
    package let html: String
    /// Further header fields, e.g. `List-Unsubscribe`, `In-Reply-To`.
    package let headers: [MailHeader]

    /// A message; line breaks in what becomes a header field are taken out, so that no value can add a field.
    package init(
        id: String, kind: String, recipient: String, subject: String, text: String, html: String = "",
        headers: [MailHeader] = []
    ) {
        self.id = MailHeader.line(id)
        self.kind = kind
        self.recipient = MailHeader.line(recipient)
        self.subject = MailHeader.line(subject)
        self.text = text
        self.html = html
        self.headers = headers
    }
}
