import Foundation

/// Writes messages as RFC 5322 and MIME (RFC 2045, 2046) have them: what SMTP and a Maildir take.
package struct MailComposer: Sendable {
    /// Who it is from, e.g. `Coding desk <desk@example.org>`.
    package let from: MailSender
    /// Longest encoded word of a header (RFC 2047 §2 allows 75 with its frame): 39 bytes of UTF-8 in Base64.
    static let encodedWordBytes = 39

    /// Messages from one sender.
    package init(from: MailSender) {
        self.from = from
    }

    /// The `Message-ID` of a message: the same however often it is sent.
    package func messageID(of message: MailMessage) -> String { "<\(message.id)@\(from.domain)>" }

    /// The whole message with CRLF line ends. Parts are Base64, so that every line is short and no relay changes one.
    ///
    /// - Parameter date: seconds since 1970, when the message was made; it stays the same over retries.
    package func compose(_ message: MailMessage, date: Int64) -> [UInt8] {
        var lines = [
            "From: \(from.field)", "To: \(message.recipient)", "Subject: \(Self.encoded(message.subject))",
            "Date: \(Self.date(date))", "Message-ID: \(messageID(of: message))", "MIME-Version: 1.0",
        ]
        // RFC 3834 §5: written by a program; nobody's holiday notice should answer. A reply says that it is one.
        if !message.headers.contains(where: { $0.name == "Auto-Submitted" }) {
            lines.append("Auto-Submitted: auto-generated")
        }
        lines += message.headers.map { "\($0.name): \(Self.encoded($0.value))" }
        if message.html.isEmpty {
            lines += part("text/plain", message.text)
        } else {
            // Base64 holds no hyphen, so that the boundary occurs in no part.
            let boundary = "=-\(message.id.filter { $0.isLetter || $0.isNumber }.prefix(40))"
            lines += ["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", "", "--\(boundary)"]
            lines += part("text/plain", message.text) + ["--\(boundary)"]
            lines += part("text/html", message.html) + ["--\(boundary)--"]
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    private func part(_ type: String, _ text: String) -> [String] {
        let encoded = Data(text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8)
            .base64EncodedString(options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
        return ["Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: base64", "", encoded]
    }

    /// A field's text; what is not plain ASCII becomes encoded words (RFC 2047), folded between them.
    static func encoded(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return text }
        var words: [[UInt8]] = [[]]
        for character in text {
            let bytes = Array(String(character).utf8)
            if words[words.count - 1].count + bytes.count > encodedWordBytes { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// RFC 5322 §3.3, in UTC.
    static func date(_ seconds: Int64) -> String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(days[Int(parts.tm_wday)]), \(parts.tm_mday) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
            + "\(clock.joined(separator: ":")) +0000"
    }
}
