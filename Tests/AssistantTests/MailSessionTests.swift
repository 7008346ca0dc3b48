import Support
import Testing

@testable import Assistant

@Suite("Taking mail: the protocol")
struct MailSessionTests {
    private func session(_ dialect: MailSession.Dialect, most: Int = 10_000) -> MailSession {
        MailSession(dialect, host: "desk.example.org", mostBytes: most) { $0 == "case@example.org" }
    }

    private func replies(_ actions: [MailSession.Action]) -> [String] {
        actions.compactMap { if case .reply(let line) = $0 { String(line.prefix(3)) } else { nil } }
    }

    private static let mail = "MAIL FROM:<a@b.org>\r\nRCPT TO:<case@example.org>\r\nDATA\r\n"

    @Test(
        "A message is taken whole, with its dots, also when its bytes come one by one",
        arguments: [MailSession.Dialect.smtp, .lmtp])
    func whole(dialect: MailSession.Dialect) {
        let hello = dialect == .lmtp ? "LHLO me\r\n" : "EHLO me\r\n"
        let text = hello + Self.mail + "Subject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n"
        var one = session(dialect)
        let atOnce = one.receive(Array(text.utf8))
        var two = session(dialect)
        let byByte = Array(text.utf8).flatMap { two.receive([$0]) }
        #expect(atOnce == byByte)
        let message = MailSession.Action.message(
            envelope: .init(sender: "a@b.org", recipients: ["case@example.org"]),
            bytes: Array("Subject: x\r\n\r\n.dot\r\n".utf8))
        #expect(atOnce.contains(message))
        #expect(atOnce.last == .close)
    }

    @Test("LMTP answers DATA once for each recipient (RFC 2033)")
    func lmtp() {
        let envelope = MailSession.Envelope(sender: "a@b.org", recipients: ["case@example.org", "case@example.org"])
        #expect(session(.lmtp).replies(to: envelope, "250 fine").count == 2)
        #expect(session(.smtp).replies(to: envelope, "250 fine").count == 1)
    }

    @Test(
        "What is out of order is refused and the session goes on",
        arguments: [
            ("MAIL FROM:<a@b.org>\r\n", "503"), ("EHLO me\r\nRCPT TO:<case@example.org>\r\n", "503"),
            ("EHLO me\r\nDATA\r\n", "503"), ("EHLO me\r\nMAIL FROM:a@b.org\r\n", "501"), ("LHLO me\r\n", "502"),
            ("EHLO me\r\nMAIL FROM:<@x:a@b.org>\r\n", "501"), ("EHLO me\r\nMAIL FROM:<a b@c>\r\n", "501"),
            ("EHLO me\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<other@example.org>\r\n", "550"),
            ("EHLO me\r\nMAIL FROM:<a@b.org> SIZE=20000\r\n", "552"), ("\u{0}\r\n", "502"),
        ])
    func disorder(text: String, reply: String) {
        var session = session(.smtp)
        #expect(replies(session.receive(Array(text.utf8))).last == reply)
        #expect(replies(session.receive(Array("NOOP\r\n".utf8))) == ["250"])
    }

    @Test("A message over the limit is read to its end and refused; the next one is taken")
    func tooLarge() {
        var session = session(.smtp, most: 3_000)
        let big = String(repeating: String(repeating: "x", count: 78) + "\r\n", count: 100)
        let actions = session.receive(
            Array(("EHLO me\r\n" + Self.mail + big + ".\r\n" + Self.mail + "ok\r\n.\r\n").utf8))
        #expect(replies(actions).contains("552"))
        #expect(actions.filter { if case .message = $0 { true } else { false } }.count == 1)
    }

    @Test("One line without an end does not fill the memory; a scanner is sent away")
    func hostile() {
        var session = session(.smtp)
        #expect(session.receive([UInt8](repeating: 0x41, count: 100_000)).last == .close)
        var scanned = self.session(.smtp)
        let actions = scanned.receive(Array(String(repeating: "GET / HTTP/1.1\r\n", count: 50).utf8))
        #expect(actions.last == .close && replies(actions).last == "421")
    }

    @Test("No bytes make a session fail or take a message for an address that is not ours")
    func random() {
        var generator = SeededGenerator(seed: 6)
        let pieces = [
            "EHLO me\r\n", "MAIL FROM:<a@b.org>\r\n", "RCPT TO:<case@example.org>\r\n", "RCPT TO:<x@y>\r\n", "DATA\r\n",
            ".\r\n",
            "text\r\n", "RSET\r\n", "\r\n", "\n", ".", "\u{0}\u{ff}", "QUIT\r\n", "MAIL FROM:<>\r\n",
        ]
        for _ in 0..<2_000 {
            var session = session(.smtp, most: 200)
            for _ in 0..<Int.random(in: 1...30, using: &generator) {
                for case .message(let envelope, let bytes) in session.receive(
                    Array(pieces.randomElement(using: &generator)!.utf8))
                {
                    #expect(!envelope.recipients.isEmpty && envelope.recipients.allSatisfy { $0 == "case@example.org" })
                    #expect(bytes.count <= 200)
                }
            }
        }
    }
}
