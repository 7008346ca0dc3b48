import Foundation
import Mail
import Runtime
import Testing

@Suite(.enabled(if: Postfix.obstacle == nil, "\(Postfix.obstacle ?? "")"), .serialized)
struct PostfixTests {
    private func relay(_ postfix: Postfix, trusting authorities: String?) -> SMTPDelivery {
        SMTPDelivery(
            SMTPRelay(
                host: "localhost", port: postfix.port, protection: .required, authorities: authorities ?? ""))
    }

    @Test func `a real Postfix takes a message over STARTTLS, refuses a stranger for good, and nothing goes in clear`()
        async throws
    {
        let postfix = try Postfix()
        let sender = try #require(MailSender("Desk <desk@example.org>"))
        let message = MailMessage(
            id: "verify-1", kind: "verify", recipient: "coder@example.org", subject: "Grüße", text: "line\n.\n..dots\n",
            html: "<p>line</p>")
        let bytes = MailComposer(from: sender).compose(message, date: 1_774_828_800)
        let trusted = relay(postfix, trusting: postfix.certificate)
        try await untilUp(trusted, bytes)
        let mails = try await postfix.mails(atLeast: 1)
        let text = try #require(mails.first)
        #expect(text.contains("Message-ID: <verify-1@example.org>"))
        #expect(text.contains("Return-Path: <desk@example.org>"))
        #expect(text.contains(Data("line\r\n.\r\n..dots\r\n".utf8).base64EncodedString()))

        let stranger = await #expect(throws: MailDeliveryError.self) {
            try await trusted.deliver(bytes, from: "desk@example.org", to: "nobody@example.org")
        }
        #expect(stranger?.isPermanent == true && stranger?.code == 550)
        // A certificate that nobody vouches for: tried again later, not sent in clear.
        let untrusted = await #expect(throws: MailDeliveryError.self) {
            try await relay(postfix, trusting: nil).deliver(bytes, from: "desk@example.org", to: "coder@example.org")
        }
        #expect(untrusted?.isPermanent == false)
        let plain = SMTPDelivery(SMTPRelay(host: "127.0.0.1", port: postfix.port, protection: .none))
        await #expect(throws: MailDeliveryError.self) {
            try await plain.deliver(bytes, from: "desk@example.org", to: "coder@example.org")
        }
        #expect(try await postfix.mails(atLeast: 1).count == 1)
    }

    @Test(.enabled(if: Dovecot.obstacle == nil, "\(Dovecot.obstacle ?? "")"))
    func `a relay that asks for a log-in gets it over TLS; a wrong password is tried again later, and none is refused`()
        async throws
    {
        let login = (user: "desk", password: "a pass=word of \"the\" relay")
        let postfix = try Postfix(login: login)
        let sender = try #require(MailSender("Desk <desk@example.org>"))
        let message = MailMessage(
            id: "verify-2", kind: "verify", recipient: "coder@example.org", subject: "Hello", text: "line\n")
        let bytes = MailComposer(from: sender).compose(message, date: 1_774_828_800)
        let delivery = { (user: String, password: String) in
            SMTPDelivery(
                SMTPRelay(
                    host: "localhost", port: postfix.port, protection: .required, user: user, password: password,
                    authorities: postfix.certificate))
        }
        try await untilUp(delivery(login.user, login.password), bytes)
        #expect(try await postfix.mails(atLeast: 1).count == 1)
        let wrong = await outcome(delivery(login.user, "another password"), bytes)
        #expect(wrong?.isPermanent == false && wrong?.code == 535, "\(String(describing: wrong))")
        let none = await outcome(delivery("", ""), bytes)
        #expect(none?.isPermanent == true && none?.code == 554, "\(String(describing: none))")
        #expect(try await postfix.mails(atLeast: 1).count == 1)
    }

    @Test func `a relay that is away is tried again later`() async throws {
        let away = SMTPDelivery(SMTPRelay(host: "127.0.0.1", port: 1, protection: .none))
        let error = await #expect(throws: MailDeliveryError.self) {
            try await away.deliver([], from: "desk@example.org", to: "coder@example.org")
        }
        #expect(error?.isPermanent == false)
    }

    /// Postfix says that it has started a moment before its port is open.
    private func untilUp(_ delivery: SMTPDelivery, _ bytes: [UInt8]) async throws {
        var failure: MailDeliveryError?
        for _ in 0..<50 {
            failure = await outcome(delivery, bytes)
            guard failure?.code == 0 else { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(failure == nil)
    }

    private func outcome(_ delivery: SMTPDelivery, _ bytes: [UInt8]) async -> MailDeliveryError? {
        do throws(MailDeliveryError) {
            try await delivery.deliver(bytes, from: "desk@example.org", to: "coder@example.org")
            return nil
        } catch {
            return error
        }
    }
}
