import Foundation
package import Mail

/// Words the mails that Jobs sends: templates beside the program, links into the site.
package struct JobsLetters: Sendable {
    private let templates: [Kind: MailTemplate]
    private let origin: String

    /// The templates; the word is the file's name and the mail's kind.
    package enum Kind: String, Sendable, CaseIterable {
        case proof, expiring, published, rejected
    }

    /// A template that the program was built with and cannot find.
    package struct Missing: Error, CustomStringConvertible {
        let path: String
        package var description: String { "\(path) is missing: keep the resource bundle beside the program" }
    }

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

    /// A token that proves the domain of `address`.
    func proof(of employer: Employer, to address: String) -> ProofMail {
        var chance = SystemRandomNumberGenerator()
        let token = RandomID.make(using: &chance) + RandomID.make(using: &chance)
        let message = message(
            .proof, id: "proof-\(RandomID.make(using: &chance))", to: address,
            ["employer": employer.name, "token": token, "link": "\(origin)/employers/\(employer.id.text)"])
        return ProofMail(message: message, tokenHash: ProofMail.hash(token))
    }

    private func message(_ kind: Kind, id: String, to address: String, _ values: [String: String]) -> MailMessage {
        guard let template = templates[kind] else { preconditionFailure("every template is read in init") }
        return template.message(id: id, kind: kind.rawValue, to: address, values)
    }
}
