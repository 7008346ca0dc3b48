import Contracts

/// CasePilot's page, as `casepilot.mustache` takes it: a form, and the conversation that it goes on with.
struct PilotView: Sendable {
    /// A question to begin with; its address puts it into the form and asks nothing.
    struct SampleView: Sendable {
        let question: String
        let path: String
    }

    struct ExchangeView: Sendable {
        let question: String
        let answer: AnswerView?
    }

    struct LinkView: Sendable {
        let title: String
        let path: String
        let changed: String
    }

    /// A refusal by the meter.
    struct WallView: Sendable {
        let message: String
        let offersRegistration: Bool
    }

    let csrf: String
    /// Names this form: a question that is sent twice is asked once.
    let once: String
    let heading: String
    let conversation: String
    let hasConversation: Bool
    let path: String
    let exchanges: [ExchangeView]
    let hasExchanges: Bool
    let question: String
    let code: String
    let codeName: String
    let hasCode: Bool
    let on: String
    let problem: String
    let hasProblem: Bool
    let wall: WallView?
    let meter: String
    let hasMeter: Bool
    let recent: [LinkView]
    let hasRecent: Bool
    let samples: [SampleView]
    let showsSamples: Bool

    /// - Parameters:
    ///   - fields: what the form holds again.
    ///   - conversation: the one that is shown; nil: a new one.
    ///   - unkept: an answer of which nothing was kept, shown this once.
    init(
        csrf: String, once: String, fields: FormFields, conversation: AssistantAPI.Conversation? = nil,
        unkept: AssistantAPI.Answer? = nil, recent: [AssistantAPI.ConversationSummary] = [], problem: String = "",
        wall: WallView? = nil
    ) {
        self.csrf = csrf
        self.once = once
        let summary = conversation?.summary
        heading = summary?.title ?? "CasePilot"
        self.conversation = summary?.id ?? ""
        hasConversation = summary != nil
        path = summary.map { "/casepilot/\($0.id)" } ?? "/casepilot"
        let kept = (conversation?.exchanges ?? []).map { exchange in
            ExchangeView(
                question: exchange.question,
                answer: exchange.answer.map { AnswerView($0, csrf: csrf, verdict: exchange.verdict) })
        }
        let once = unkept.map { [ExchangeView(question: "", answer: AnswerView($0, csrf: csrf))] } ?? []
        exchanges = kept + once
        hasExchanges = !exchanges.isEmpty
        // A problem or a wall must not cost what was typed.
        question = problem.isEmpty && wall == nil ? fields["q"] : fields["question"]
        let code =
            fields["code"].isEmpty || fields["system"].isEmpty
            ? fields["code"] : "\(fields["system"])/\(fields["code"])"
        self.code = code.contains("/") ? code : ""
        hasCode = !self.code.isEmpty
        let parts = code.split(separator: "/", maxSplits: 1).map(String.init)
        codeName = parts.count == 2 ? "\(CodeSystem(rawValue: parts[0])?.codeName ?? "code") \(parts[1])" : ""
        on = fields["on"]
        self.problem = problem
        hasProblem = !problem.isEmpty
        self.wall = wall
        let last = unkept?.meter ?? conversation?.exchanges.last?.answer?.meter
        if let last, !last.unlimited {
            meter =
                "\(last.remaining) CasePilot \(last.remaining == 1 ? "question" : "questions") remaining of \(last.limit)."
        } else {
            meter = ""
        }
        hasMeter = !meter.isEmpty
        self.recent = recent.map { one in
            LinkView(
                title: one.title, path: "/casepilot/\(one.id)",
                changed: UTCInstant(one.updatedAt)?.words ?? one.updatedAt)
        }
        hasRecent = !recent.isEmpty
        samples = [
            "What is CPT code 99213?", "Guidelines for E/M services",
            "What is the difference between E11.9 and E11.65?",
            "When may modifier 59 be used?", "Is local anesthesia by the surgeon separately reportable?",
        ].map { SampleView(question: $0, path: "/casepilot" + PercentCoding.query([("q", $0)])) }
        showsSamples = !hasExchanges
    }
}
