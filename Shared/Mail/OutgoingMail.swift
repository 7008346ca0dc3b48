import Foundation
package import Runtime

/// What the settings say of mail that goes out.
package struct OutgoingMail: Sendable {
    /// A setting that cannot be followed.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    /// Who messages are from.
    package let sender: MailSender
    /// The relay, or without one the Maildir `DATA/mail`.
    package let delivery: any MailDelivery

    /// Reads the settings, and the password's file.
    ///
    /// - Throws: `Fault` when the sender is no address or the password's file cannot be read.
    package init(_ settings: Settings) throws {
        guard let sender = MailSender(settings[.mailFrom]) else {
            throw Fault(description: "CODINGAHEAD_MAIL_FROM must be an address, or NAME <ADDRESS>")
        }
        self.sender = sender
        guard let relay = settings[.smtp] else {
            delivery = MaildirDelivery(folder: settings[.dataFolder] + "/mail")
            return
        }
        var password = ""
        let file = settings[.smtpPasswordFile]
        if !file.isEmpty {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Fault(description: "CODINGAHEAD_SMTP_PASSWORD_FILE: \(file) cannot be read")
            }
            password = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
        }
        delivery = SMTPDelivery(
            SMTPRelay(
                host: relay.host, port: relay.port, protection: settings[.smtpProtection], user: settings[.smtpUser],
                password: password, authorities: settings[.smtpAuthorities]))
    }
}
