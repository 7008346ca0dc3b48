import Calendar
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
        case verify, taken, reset, change, notice, watch, invite, billing
    }

    private let templates: [Kind: MailTemplate]
    /// Where the site is, without a slash at its end.
    let origin: String

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

    /// Invites somebody into an organisation.
    func invitation(
        _ token: SecretToken, to address: EmailAddress, organisation: String, by inviter: Account
    ) -> MailMessage {
        let name = inviter.displayName.isEmpty ? inviter.email : "\(inviter.displayName) (\(inviter.email))"
        return message(
            .invite, id: "invite-\(token.handle)", to: address,
            ["organisation": organisation, "inviter": name, "link": "\(origin)/invitation?token=\(token.text)"])
    }

    /// Tells a payer what has happened, one mail for each event; nil when there is nothing to tell.
    func billing(_ event: PaymentEvent, _ subscription: Subscription?, to address: String) -> MailMessage? {
        let plan = subscription?.plan.text ?? ""
        let (period, end) = (subscription?.periodEnd.date, subscription?.planEnd.date)
        let days = (period: period?.description ?? "", end: end?.description ?? "")
        let what: String
        switch event.kind {
        case .started where event.isTrial:
            what =
                "Your trial of the plan \(plan) runs to \(days.period). After it the plan is paid for, unless you cancel before."
        case .started, .renewed: what = "The plan \(plan) is paid for to \(days.period). Thank you."
        case .failed where subscription == nil: what = "Your payment did not go through. Nothing was bought."
        case .failed:
            what =
                "A payment for the plan \(plan) did not go through and is tried again. The plan stays to \(days.end)."
        case .cancelled: what = "The plan \(plan) is cancelled. It stays to \(days.end) and is not paid for again."
        case .resumed: what = "The plan \(plan) goes on. It is paid for to \(days.period)."
        case .changed:
            what = "Your plan was changed: \(plan), \(subscription?.seats ?? 1) seat(s), paid for to \(days.period)."
        case .ended: what = "The plan \(plan) has ended."
        }
        return fill(
            .billing, id: "billing-\(event.id)", to: address, ["what": what, "link": "\(origin)/account/billing"])
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
