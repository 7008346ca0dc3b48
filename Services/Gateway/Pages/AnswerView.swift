import Contracts

/// An answer of CasePilot, as `answer.mustache` takes it.
struct AnswerView: Sendable {
    struct ReferenceView: Sendable {
        let number: UInt32
        let anchor: String
    }

    struct SentenceView: Sendable {
        let text: String
        let references: [ReferenceView]
    }

    struct CitationView: Sendable {
        let number: UInt32
        let anchor: String
        let title: String
        let passage: String
        let href: String
        let hasHref: Bool
        /// nil when it is that of the citation before: said once, not seven times.
        let source: SourceView?
        let isSameSource: Bool
    }

    let trace: String
    let isAbstained: Bool
    let sentences: [SentenceView]
    let citations: [CitationView]
    let hasCitations: Bool
    let notSaid: [String]
    let hasNotSaid: Bool
    let nextSteps: [String]
    let hasNextSteps: Bool
    let notices: [String]
    let isJudged: Bool
    let verdict: String
    /// The feedback form; absent when nothing was kept that could be judged.
    let mayJudge: Bool
    let csrf: String
    let conversation: String

    /// - Parameter verdict: what its reader said of it before; empty: nothing.
    init(_ answer: AssistantAPI.Answer, csrf: String, verdict: String = "") {
        let prefix = "cite-\(answer.traceId.prefix(8))-"
        trace = answer.traceId
        isAbstained = answer.abstained
        sentences = answer.answer.map { sentence in
            SentenceView(
                text: sentence.text,
                references: sentence.citations.map { ReferenceView(number: $0, anchor: "\(prefix)\($0)") })
        }
        citations = answer.citations.indices.map { index in
            let citation = answer.citations[index]
            let isSame = index > 0 && citation.source != nil && citation.source == answer.citations[index - 1].source
            // Only addresses of this site: a citation is data.
            let href = LocalPath(citation.href)?.text ?? ""
            return CitationView(
                number: citation.n, anchor: "\(prefix)\(citation.n)", title: citation.title, passage: citation.passage,
                href: href, hasHref: !href.isEmpty, source: isSame ? nil : citation.source.map(SourceView.init),
                isSameSource: isSame)
        }
        hasCitations = !citations.isEmpty
        notSaid = answer.notSaid
        hasNotSaid = !notSaid.isEmpty
        nextSteps = answer.nextSteps
        hasNextSteps = !nextSteps.isEmpty
        notices = answer.notices
        isJudged = !verdict.isEmpty
        self.verdict =
            verdict == "wrong"
            ? "You called this answer wrong; a reviewer looks at it." : "You called this answer good."
        mayJudge = !answer.conversation.isEmpty && verdict.isEmpty
        self.csrf = csrf
        conversation = answer.conversation
    }
}
