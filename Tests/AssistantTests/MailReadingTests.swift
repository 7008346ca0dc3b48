import Testing

@testable import Assistant

@Suite("Taking mail: what it says")
struct MailReadingTests {
    private func read(_ text: String) throws -> IncomingMail {
        try MIMEReader.read(Array(text.replacing("\n", with: "\r\n").utf8))
    }

    private let plain = """
        From: Coder <Coder@Example.org>
        To: case@example.org
        Subject: =?utf-8?Q?Knee_=E2=80=93_question?=
        Message-ID: <1@example.org>
        References: <0@example.org>
         <case-answer-abc@desk>
        Content-Type: text/plain; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        May I report caf=E9?

        On Monday the desk wrote:
        > old words
        -- 
        Signature
        """

    @Test("Address, decoded subject, thread and the sender's own words are read")
    func plainText() throws {
        let mail = try read(plain)
        #expect(mail.from == "coder@example.org")
        #expect(mail.subject == "Knee – question")
        #expect(mail.messageID == "1@example.org")
        #expect(mail.references == ["0@example.org", "case-answer-abc@desk"])
        #expect(mail.text == "May I report café?")
    }

    @Test("Of two forms the plain one is taken; HTML alone becomes text; attachments are counted, not read")
    func multipart() throws {
        let mail = try read(
            """
            From: a@b.org
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="o"

            --o
            Content-Type: multipart/alternative; boundary="i"

            --i
            Content-Type: text/plain

            plain words
            --i
            Content-Type: text/html

            <p>html words</p>
            --i--
            --o
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="note.pdf"

            %PDF-
            --o--
            """)
        #expect(mail.text == "plain words" && mail.attachments == 1)
        let html = try read("From: a@b.org\nContent-Type: text/html\n\n<p>One &amp; two</p><script>x()</script>")
        #expect(html.text == "One & two")
    }

    @Test(
        "What no person can have meant is refused with a reason",
        arguments: [
            ("Subject: x\n\ntext", MIMEReader.Fault.noSender), ("From: a@b.org, c@d.org\n\ntext", .noSender),
            ("From: a@b.org\n\n", .noText), ("From: \"a@b\" <x>\n\ntext", .noSender),
        ])
    func refused(text: String, fault: MIMEReader.Fault) {
        let error = #expect(throws: MIMEReader.Fault.self) { try read(text) }
        #expect(error == fault)
    }

    @Test("A message nested a thousand deep, and one of ten thousand parts, are refused without being unfolded")
    func bombs() {
        var deep = "From: a@b.org\n"
        for level in 0..<1_000 { deep += "Content-Type: multipart/mixed; boundary=\"b\(level)\"\n\n--b\(level)\n" }
        #expect(throws: MIMEReader.Fault.self) { try read(deep + "\ntext") }
        let wide =
            "From: a@b.org\nContent-Type: multipart/mixed; boundary=\"b\"\n\n"
            + String(repeating: "--b\nContent-Type: text/plain\n\nx\n", count: 10_000)
        #expect(throws: MIMEReader.Fault.self) { try read(wide) }
    }

    @Test(
        "Broken encodings give some text and end",
        arguments: [
            "Content-Type: text/plain; charset=utf-8\n\n\u{ff}", "Content-Type: text/plain; charset=nonsense-9\n\ntext",
            "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!notbase64",
            "Content-Type: multipart/mixed\n\ntext",
            "Content-Type: multipart/mixed; boundary=\"\"\n\n--\ntext", "Subject: =?utf-8?B?////?=\n\ntext",
        ])
    func broken(rest: String) {
        _ = Result { try read("From: a@b.org\n" + rest) }
    }

    private func mail(_ fields: [(String, String)], from: String = "a@b.org") -> IncomingMail {
        IncomingMail(
            fields: fields.map { IncomingMail.Field(name: $0.0, value: $0.1) }, from: from, text: "x", attachments: 0)
    }

    @Test(
        "Mail that no person wrote is never answered (RFC 3834)",
        arguments: [
            ("auto-submitted", "auto-replied"), ("auto-submitted", "auto-generated"), ("precedence", "bulk"),
            ("list-id", "<x.example.org>"), ("x-auto-response-suppress", "All"), ("precedence", "List"),
        ])
    func automatic(name: String, value: String) {
        #expect(AutomaticMail.isAutomatic(mail([(name, value)]), envelopeSender: "a@b.org"))
    }

    @Test("A bounce and a machine's address are automatic, a person is not")
    func bounces() {
        #expect(AutomaticMail.isAutomatic(mail([]), envelopeSender: ""))
        #expect(AutomaticMail.isAutomatic(mail([], from: "noreply@b.org"), envelopeSender: "x@b.org"))
        #expect(!AutomaticMail.isAutomatic(mail([("auto-submitted", "no")]), envelopeSender: "a@b.org"))
    }

    @Test(
        "Only the trusted server's verdict counts, and only the one on top",
        arguments: [
            (["mx.desk.org; dmarc=pass header.from=b.org"], AuthenticationVerdict.pass),
            (["mx.desk.org; dmarc=fail header.from=b.org"], .fail),
            (["mx.desk.org; spf=pass smtp.mailfrom=b.org"], .pass),
            (["mx.desk.org; spf=pass smtp.mailfrom=evil.org"], .unknown),
            (["mx.desk.org; dkim=pass header.d=evil.org; spf=fail smtp.mailfrom=b.org"], .fail),
            (["evil.org; dmarc=pass", "mx.desk.org; dmarc=fail"], .unknown), (["mx.desk.org; none"], .unknown),
            ([], .unknown),
        ])
    func verdicts(values: [String], verdict: AuthenticationVerdict) {
        let mail = mail(values.map { ("authentication-results", $0) })
        #expect(AuthenticationVerdict.read(mail, trusting: "mx.desk.org") == verdict)
        #expect(AuthenticationVerdict.read(mail, trusting: "") == .unknown)
    }
}
