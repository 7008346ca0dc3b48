import Foundation
import Mail

/// Words the mails that Jobs sends: templates beside the program, links into the site.
package struct JobsLetters: Sendable {
    /// The templates; the word is the file's name and the mail's kind.
    package enum Kind: String, Sendable, CaseIterable {
        case proof, expiring, published, rejected, closed, application, digest
    }

    /// A template that the program was built with and cannot find.
    package struct Missing: Error, CustomStringConvertible {
        let path: String
        package var description: String { "\(path) is missing: keep the resource bundle beside the program" }
    }

    private let templates: [Kind: MailTemplate]
    /// Where the site is.
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

    /// A token that proves the domain of `address`.
    func proof(of employer: Employer, to address: String) -> ProofMail {
        var chance = SystemRandomNumberGenerator()
        let token = RandomID.make(using: &chance) + RandomID.make(using: &chance)
        let message = message(
            .proof, id: "proof-\(RandomID.make(using: &chance))", to: address,
            ["employer": employer.name, "token": token, "link": "\(origin)/employers/\(employer.id.text)"])
        return ProofMail(message: message, tokenHash: ProofMail.hash(token))
    }

    /// A posting closes soon.
    func expiring(_ posting: JobsStore.Posting, to address: String) -> MailMessage {
        let id = posting.record.id.text
        let day = posting.record.life.validThrough
        return message(
            .expiring, id: "expiring-\(id)-\(day)-\(Self.mark(address))", to: address,
            ["title": posting.content.title, "day": "\(day)", "link": "\(origin)/employers/jobs/\(id)"])
    }

    /// What a moderator decided.
    func verdict(_ verdict: JobsStore.Verdict, on posting: JobsStore.Posting, to address: String) -> MailMessage {
        let (id, title) = (posting.record.id.text, posting.content.title)
        let suffix = "\(id)-\(posting.record.head)-\(Self.mark(address))"
        switch verdict {
        case .reject(let reason):
            return message(
                .rejected, id: "rejected-\(suffix)", to: address,
                ["title": title, "reason": reason, "link": "\(origin)/employers/jobs/\(id)"])
        case .takeDown(let reason):
            return message(
                .closed, id: "closed-\(suffix)", to: address,
                ["title": title, "reason": reason, "link": "\(origin)/employers/jobs/\(id)"])
        case .approve, .dismissReports:
            return message(
                .published, id: "published-\(suffix)", to: address,
                ["title": title, "day": "\(posting.content.validThrough)", "link": "\(origin)/careers/\(id)"])
        }
    }

    /// Somebody applied. The mail says that, and nothing of who.
    func application(_ id: String, to posting: JobsStore.Posting, address: String) -> MailMessage {
        message(
            .application, id: "application-\(id)-\(Self.mark(address))", to: address,
            [
                "title": posting.content.title,
                "link": "\(origin)/employers/jobs/\(posting.record.id.text)/applicants",
            ])
    }

    /// The news of a morning. `List-Unsubscribe` and `List-Unsubscribe-Post` let a mail program end them with one click
    /// (RFC 8058).
    func digest(_ news: DigestNews, token: String, to address: String) -> MailMessage {
        let end = "\(origin)/unsubscribe?token=\(token)"
        let shown = news.entries.prefix(Digest.shown).map { entry in
            let facts = [entry.employerName, entry.content.placeWords, entry.content.salary?.words ?? ""]
            return "\(entry.content.title)\n\(facts.filter { !$0.isEmpty }.joined(separator: " · "))\n\n"
                + "\(origin)/careers/\(entry.id.text)"
        }
        let more = news.entries.count - shown.count
        return message(
            .digest, id: news.id, to: address,
            [
                "count": news.entries.count == 1 ? "1 new job" : "\(news.entries.count) new jobs",
                "searches": news.searches.joined(separator: ", "), "jobs": shown.joined(separator: "\n\n"),
                "more": more > 0 ? "And \(more) more on the site." : "",
                "link": "\(origin)/careers/searches", "end": end,
            ],
            headers: [
                MailHeader("List-Unsubscribe", "<\(end)>"),
                MailHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ])
    }

    private func message(
        _ kind: Kind, id: String, to address: String, _ values: [String: String], headers: [MailHeader] = []
    ) -> MailMessage {
        guard let template = templates[kind] else { preconditionFailure("every template is read in init") }
        return template.message(id: id, kind: kind.rawValue, to: address, values, headers: headers)
    }

    /// Tells the mails of one cause to several people apart, without an address in it.
    private static func mark(_ address: String) -> String {
        String(BoardToken.fingerprint(address), radix: 36)
    }
}

/// What a digest tells.
struct DigestNews: Sendable {
    /// The mail's id: one an account and day.
    let id: String
    /// Names of the searches that have news.
    let searches: [String]
    /// The newest first.
    let entries: [BoardEntry]
}
