import Contracts

extension AssistantAPI.Answer {
    /// What is left after verification, in the words of the contract.
    init(_ outcome: Answerer.Outcome, trace: String) {
        let answer = outcome.answer
        var sources: [SourceNote] = []
        for citation in answer.citations where !sources.contains(citation.source) { sources.append(citation.source) }
        self.init(
            answer: answer.sentences.map { sentence in
                AssistantAPI.Sentence(text: sentence.text, citations: sentence.evidence.map { UInt32($0 + 1) })
            },
            citations: answer.citations.enumerated().map { AssistantAPI.Citation($0.element, number: $0.offset + 1) },
            abstained: answer.isAbstained, traceId: trace,
            notSaid: answer.isAbstained && outcome.notices.isEmpty && answer.notSaid.isEmpty
                ? ["The loaded sources do not say."] : answer.notSaid,
            nextSteps: answer.nextSteps, notices: outcome.notices, editions: sources.map(CommonAPI.Source.init),
            wordedBy: outcome.wordedBy)
    }
}

extension AssistantAPI.Citation {
    /// Evidence with its number, from 1.
    init(_ evidence: Evidence, number: Int) {
        self.init(
            n: UInt32(number), title: evidence.title, passage: evidence.passage,
            source: CommonAPI.Source(evidence.source), href: evidence.href)
    }
}

extension AssistantAPI.Step {
    init(_ step: AnswerStep) {
        self.init(
            tool: step.tool, about: step.about, outcome: step.outcome, tookMicros: UInt32(clamping: step.tookMicros))
    }
}

extension AssistantAPI.Meter {
    init(_ balance: AccountsAPI.Balance) {
        self.init(
            limit: balance.limit, remaining: balance.remaining, unlimited: balance.unlimited,
            resetsAt: balance.resetsAt,
            plan: balance.plan)
    }
}

extension AssistantAPI.Trace {
    /// How an answer came about.
    init(_ outcome: Answerer.Outcome, answer: AssistantAPI.Answer, at now: Int64, tookMicros: Int) {
        self.init(
            traceId: answer.traceId, askedAt: UTCSeconds(now).rfc3339,
            reading: outcome.questions.map(\.summary), steps: outcome.steps.map(AssistantAPI.Step.init),
            evidence: outcome.evidence.prefix(Draft.mostEvidence).enumerated().map {
                AssistantAPI.Citation($0.element, number: $0.offset + 1)
            },
            checks: outcome.answer.checks.map { check in
                AssistantAPI.Check(
                    sentence: check.text, verdict: check.fault == nil ? "kept" : "cut",
                    reason: check.fault?.rawValue ?? "")
            },
            wordedBy: outcome.wordedBy, tookMicros: UInt32(clamping: tookMicros), answer: answer)
    }
}

extension Question {
    /// What it was read as, in a line.
    var summary: String {
        var parts = ["asks: " + intents.map(\.rawValue).joined(separator: ", ")]
        if !mentions.isEmpty { parts.append("codes: " + mentions.map(\.text).joined(separator: ", ")) }
        if !ranges.isEmpty {
            parts.append("ranges: " + ranges.map { "\($0.first)-\($0.last)" }.joined(separator: ", "))
        }
        if !modifiers.isEmpty { parts.append("modifiers: " + modifiers.joined(separator: ", ")) }
        if let date { parts.append("date: \(date)") }
        if let state { parts.append("state: \(state)") }
        if let outOfScope { parts.append("out of scope: \(outOfScope.rawValue)") }
        return parts.joined(separator: "; ")
    }
}
