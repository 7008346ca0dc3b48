import Foundation
import Mail
import Testing

@Suite struct MailComposerTests {
    private func composed(_ message: MailMessage, from: String = "Coding desk <desk@example.org>") throws -> String {
        let composer = MailComposer(from: try #require(MailSender(from)))
        return String(decoding: composer.compose(message, date: 1_774_828_800), as: UTF8.self)
    }

    @Test func `a message has its fields, two parts, and only short lines`() throws {
        let text = try composed(
            MailMessage(
                id: "verify-0a1b", kind: "verify", recipient: "coder@example.org", subject: "Confirm",
                text: String(repeating: "long line ", count: 200), html: "<p>hello</p>"))
        #expect(text.contains("From: \"Coding desk\" <desk@example.org>\r\n"))
        #expect(text.contains("To: coder@example.org\r\nSubject: Confirm\r\nDate: Mon, 30 Mar 2026 00:00:00 +0000\r\n"))
        #expect(text.contains("Message-ID: <verify-0a1b@example.org>\r\n"))
        #expect(text.contains("multipart/alternative"))
        #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 998 && !$0.contains("\n") })
        let part = try #require(text.components(separatedBy: "text/html; charset=utf-8").last)
        #expect(part.contains(Data("<p>hello</p>".utf8).base64EncodedString()))
    }

    @Test func `a value cannot add a field or end the head`() throws {
        let text = try composed(
            MailMessage(
                id: "x\r\nBcc: all@example.org", kind: "k", recipient: "a@example.org\r\nBcc: b@example.org",
                subject: "Hello\r\n\r\nbody", text: "t", headers: [MailHeader("X-A", "1\r\nBcc: c@example.org")]))
        let head = try #require(text.components(separatedBy: "\r\n\r\n").first)
        #expect(!head.split(separator: "\r\n").contains { $0.hasPrefix("Bcc") })
        #expect(head.contains("Subject: Hello    body"))
    }

    @Test func `letters beyond ASCII are encoded words that fold`() throws {
        let subject = String(repeating: "Überprüfung 🩺 ", count: 8)
        let text = try composed(
            MailMessage(id: "a", kind: "k", recipient: "a@example.org", subject: subject, text: "t"))
        let field = try #require(
            text.components(separatedBy: "Subject: ").last?.components(separatedBy: "\r\nDate").first)
        let words = field.components(separatedBy: "\r\n ")
        #expect(words.count > 1 && words.allSatisfy { $0.utf8.count <= 75 && $0.hasPrefix("=?utf-8?B?") })
        let decoded = try words.map { word in
            String(decoding: try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2)))), as: UTF8.self)
        }
        #expect(decoded.joined() == subject)
    }

    @Test(
        arguments: [
            ("desk@example.org", "desk@example.org"), ("Coding desk <desk@example.org>", "desk@example.org"),
            ("no address", nil), ("a@b@c", nil), ("Name <desk@example.org>\r\nBcc: x@y.z", nil), ("", nil),
        ])
    func `a sender is an address with or without a name`(text: String, address: String?) {
        #expect(MailSender(text)?.address == address)
    }

    @Test func `a template fills both parts from one text`() throws {
        let template = try MailTemplate("Subject: Hi {{name}}\n\nDear {{name}},\nwelcome.\n\n{{link}}\n")
        let message = template.message(
            id: "a", kind: "k", to: "a@example.org",
            ["name": "<Ann> & Co", "link": "https://desk.example.org/x?a=1&b=2"])
        #expect(message.subject == "Hi <Ann> & Co")
        #expect(message.text.contains("Dear <Ann> & Co,\nwelcome."))
        #expect(message.html.contains("<p>Dear &lt;Ann&gt; &amp; Co,<br>\nwelcome.</p>"))
        #expect(message.html.contains("<a href=\"https://desk.example.org/x?a=1&amp;b=2\">"))
        #expect(throws: MailTemplate.Fault.self) { try MailTemplate("no subject") }
    }

    @Test func `pauses double up to four hours, for five days`() {
        #expect(
            (1...9).map { RetryPlan.pause(after: $0, age: 0) } == [60, 120, 240, 480, 960, 1920, 3840, 7680, 14400])
        #expect(RetryPlan.pause(after: 60, age: 5 * 86_400 - 1) == 14_400)
        #expect(RetryPlan.pause(after: 1, age: 5 * 86_400) == nil)
    }
}
