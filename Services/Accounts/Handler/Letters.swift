import Foundation
import Mail

/// Words the mails that Accounts sends: templates beside the program, links into the site.
package struct Letters: Sendable {
    /// A template that the program was built with and cannot find.
    package struct Missing: Error, CustomStringConvertible {
        let path: String
        package var description: String { "\(path) is missing: keep the resource bundle beside the program" }
    }

    /// The templates; the word is the file's name and the mail's kind.
    package enum Kind: String, Sendable, CaseIterable {
        case verify, taken, reset, change, notice, watch
    }

    private let templates: [Kind: MailTemplate]
    private let origin: String

    /// Reads all templates.
    ///
    /// - Parameter origin: where the site is, e.g. `https://coding.example.org`.
    /// - Throws: `Missing`, or what is wrong with a template.
    package init(origin: String) throws {
        let folder = Bundle.module.bundleURL.appendingPathComponent("Resources/mail")
        var templates: [Kind: MailTemplate] = [:]
        for kind in Kind.allCases {
            let path = folder.appendingPathComponent("\(kind.rawValue).txt").path
            guard let data = FileManager.default.contents(atPath: path) else { throw Missing(path: path) }
            templates[kind] = try MailTemplate(String(decoding: data, as: UTF8.self))
        }
        self.templates = templates
        self.origin = origin
    }

    /// A mail with a link that holds a token.
    func withToken(_ kind: Kind, _ token: SecretToken, to address: EmailAddress) -> MailMessage {
        let path = kind == .reset ? "/reset" : "/verify"
        // The id is not the token, and nothing of the token follows from it.
        return message(
            kind, id: "\(kind.rawValue)-\(token.handle)", to: address, ["link": "\(origin)\(path)?token=\(token.text)"])
    }

    /// Tells the owner of an address that it has an account already.
    func taken(to address: EmailAddress, id: String) -> MailMessage {
        message(.taken, id: "taken-\(id)", to: address, ["link": "\(origin)/reset"])
    }

    /// Tells somebody what was changed, in one sentence.
    func notice(_ what: String, to address: String, id: String) -> MailMessage {
        fill(.notice, id: "notice-\(id)", to: address, ["what": what, "link": "\(origin)/reset"])
    }

    /// Tells somebody which of their watched codes have changed.
    func watch(_ lines: [String], edition: String, to address: String, id: String) -> MailMessage {
        let values = [
            "edition": edition, "changes": lines.joined(separator: "\n"), "link": "\(origin)/account/desk",
        ]
        return fill(.watch, id: id, to: address, values)
    }

    private func message(
        _ kind: Kind, id: String, to address: EmailAddress, _ values: [String: String]
    ) -> MailMessage {
        fill(kind, id: id, to: address.text, values)
    }

    private func fill(_ kind: Kind, id: String, to address: String, _ values: [String: String]) -> MailMessage {
        guard let template = templates[kind] else { preconditionFailure("every template is read in init") }
        return template.message(id: id, kind: kind.rawValue, to: address, values)
    }
}
