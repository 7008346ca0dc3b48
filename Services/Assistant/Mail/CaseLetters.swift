import Contracts
import Mail

/// Words the mails of CaseConsultant: plain text and HTML from the same parts.
struct CaseLetters: Sendable {
    /// Longest piece of a passage in a mail; the whole stands on the site.
    private static let longestPassage = 400

    /// Where the site is.
    let origin: String

    /// An answer in its thread.
    func answer(_ answer: AssistantAPI.Answer, to row: CaseRow) -> MailMessage {
        var letter = Letter()
        for notice in notices(row) + answer.notices { letter.paragraph(notice) }
        for sentence in answer.answer {
            letter.paragraph(sentence.text + " " + sentence.citations.map { "[\($0)]" }.joined(separator: " "))
        }
        letter.list("What the sources do not say", answer.notSaid)
        letter.list("Next", answer.nextSteps)
        letter.list(
            "Sources",
            answer.citations.map { citation in
                let source = citation.source ?? CommonAPI.Source()
                let edition = [source.name, source.edition].filter { !$0.isEmpty }.joined(separator: ", ")
                let passage =
                    citation.passage.count <= Self.longestPassage
                    ? citation.passage : citation.passage.prefix(Self.longestPassage) + "…"
                return "[\(citation.n)] \(citation.title): “\(passage.collapsed)” (\(edition))"
            })
        letter.paragraph(
            "Trace \(answer.traceId). If this is wrong, say so on \(origin)/caseconsultant and a person looks at it.")
        return message("answer", letter, row)
    }

    /// The case goes to a person.
    func waiting(_ row: CaseRow, _ answer: AssistantAPI.Answer?) -> MailMessage {
        var letter = Letter()
        for notice in notices(row) + (answer?.notices ?? []) { letter.paragraph(notice) }
        letter.paragraph(
            "The loaded sources do not answer your case, so a consultant will read it. The reply comes in this thread. "
                + "Nothing was charged.")
        return message("waiting", letter, row)
    }

    /// A person's reply.
    func reply(_ text: String, to row: CaseRow) -> MailMessage {
        var letter = Letter()
        for paragraph in text.split(separator: "\n\n") { letter.paragraph(String(paragraph)) }
        letter.paragraph("Written by a consultant of this desk.")
        return message("reply", letter, row)
    }

    /// The case is not answered.
    func refusal(_ reason: String, _ row: CaseRow) -> MailMessage {
        var letter = Letter()
        letter.paragraph("Your case was not answered. \(reason)")
        return message("refusal", letter, row)
    }

    /// Somebody without an account.
    func stranger(_ row: CaseRow) -> MailMessage {
        var letter = Letter()
        letter.paragraph(
            "This address answers cases of registered users whose address is verified. Register at \(origin)/register with the "
                + "address that you write from, then send your case again. You get this notice at most once a day.")
        return message("stranger", letter, row)
    }

    private func notices(_ row: CaseRow) -> [String] {
        row.isRedacted && row.reason.isEmpty
            ? [
                "Your mail held what identifies a patient. That was removed before anything was kept. Never send patient identifiers."
            ]
            : []
    }

    private func message(_ kind: String, _ letter: Letter, _ row: CaseRow) -> MailMessage {
        let subject =
            row.subject.lowercased().hasPrefix("re:")
            ? row.subject : "Re: \(row.subject.isEmpty ? "your case" : row.subject)"
        let isMessageID = row.messageID.contains("@")
        let thread = (row.references.split(separator: " ").map(String.init) + (isMessageID ? [row.messageID] : []))
            .map { "<\($0)>" }.joined(separator: " ")
        var headers = [MailHeader("Auto-Submitted", "auto-replied")]
        if isMessageID { headers.append(MailHeader("In-Reply-To", "<\(row.messageID)>")) }
        if !thread.isEmpty { headers.append(MailHeader("References", thread)) }
        return MailMessage(
            id: "case-\(kind)-\(row.id)", kind: "case-\(kind)", recipient: row.sender, subject: subject,
            text: letter.text, html: letter.html, headers: headers)
    }
}
