import Contracts

/// CasePilot's page, as `casepilot.mustache` takes it.
struct PilotView: Sendable {
    struct SentenceView: Sendable {
        let text: String
        let references: [UInt32]
    }

    struct CitationView: Sendable {
        let number: UInt32
        let title: String
        let passage: String
        let href: String
        let hasHref: Bool
        let source: SourceView?
    }

    let csrf: String
    let systems: [ChoiceView]
    let code: String
    let on: String
    let problem: String
    let hasProblem: Bool
    let answeredCode: String
    let sentences: [SentenceView]
    let citations: [CitationView]
    let hasAnswer: Bool
    let isRefused: Bool
    let resets: String
    let hasResets: Bool
    let meter: String
    let hasMeter: Bool
    let offersRegistration: Bool

    init(
        csrf: String, fields: FormFields, code: LookupAPI.Code? = nil, answer: AssistantAPI.Answer? = nil,
        opened: AccountsAPI.OpenReply? = nil, problem: String = ""
    ) {
        self.csrf = csrf
        systems = ChoiceView.systems(chosen: fields["system"], all: "Choose a code set")
        self.code = fields["code"]
        on = fields["on"]
        self.problem = problem
        hasProblem = !problem.isEmpty
        answeredCode = code.map { "\(CodeSystem(rawValue: $0.system)?.codeName ?? "Code") \($0.code)" } ?? ""
        sentences = (answer?.answer ?? []).map { SentenceView(text: $0.text, references: $0.citations) }
        citations = (answer?.citations ?? []).map { citation in
            // Only addresses of this site: a citation is data.
            let href = LocalPath(citation.href)?.text ?? ""
            return CitationView(
                number: citation.n, title: citation.title, passage: citation.passage, href: href,
                hasHref: !href.isEmpty, source: citation.source.map(SourceView.init))
        }
        hasAnswer = answer != nil
        isRefused = opened?.outcome == .refused
        let instant = opened?.balance.flatMap { UTCInstant($0.resetsAt) }
        resets = instant?.words ?? ""
        hasResets = instant != nil
        offersRegistration = opened?.balance?.plan == "guest"
        if let balance = opened?.balance, !balance.unlimited {
            let questions = balance.remaining == 1 ? "question" : "questions"
            meter = "\(balance.remaining) CasePilot \(questions) remaining of \(balance.limit)."
        } else {
            meter = ""
        }
        hasMeter = !meter.isEmpty
    }
}
