import Contracts
import RPC
import Storage

/// Answers questions: reads them, asks the tools, words what they found, verifies it. Keeps nothing and charges nothing.
struct Answerer: Sendable {
    let tools: LookupTools
    let knowledge: KnowledgeStore
    /// YYYY-MM-DD: the date of service of a question that names none.
    let today: @Sendable () -> String
    /// nil: no language model is set.
    var wording: ModelWording?

    /// An answer with how it came about.
    struct Outcome: Sendable {
        var questions: [Question]
        var answer: VerifiedAnswer
        var evidence: [Evidence]
        var steps: [AnswerStep]
        var notices: [String]
        /// rules | model
        var wordedBy = "rules"
    }

    /// What is asked.
    struct Inquiry: Sendable {
        /// Without what identified a patient.
        var text: String
        /// `SYSTEM/CODE`; empty: none.
        var pageCode = ""
        /// YYYY-MM-DD; empty: what the text says, or today's editions.
        var date = ""
        /// The last question of the conversation.
        var earlier: Question?
        var licensed = false
    }

    /// - Throws: what Lookup throws, and `internal` when the knowledge base cannot be read.
    func answer(
        _ inquiry: Inquiry, options: CallOptions,
        progress: @escaping (AnswerStep) async throws(ServiceError) -> Void = { (_) throws(ServiceError) in }
    ) async throws(ServiceError) -> Outcome {
        let start = ContinuousClock.now
        var questions = QuestionReader.questions(in: inquiry.text)
        var earlier = inquiry.earlier
        for index in questions.indices {
            questions[index] = FollowUp.completed(questions[index], with: earlier, page: inquiry.pageCode)
            if questions[index].outOfScope == nil { earlier = questions[index] }
        }
        var draft = Draft()
        var steps: [AnswerStep] = []
        var notices: [String] = []
        for question in questions {
            let work = AnswerWork(
                on: inquiry.date.isEmpty ? question.date ?? "" : inquiry.date, licensed: inquiry.licensed,
                options: options, progress: progress)
            if let reason = question.outOfScope {
                notices.append(reason.explanation)
            } else {
                try await run(question, work)
            }
            draft.append(work.draft)
            steps += work.steps
            notices += work.notices.filter { !notices.contains($0) }
        }
        let answer = Verifier(known: draft.known, isForeign: false).verify(draft)
        var outcome = Outcome(
            questions: questions, answer: answer, evidence: draft.evidence, steps: steps, notices: notices)
        guard let wording, !answer.isAbstained else { return outcome }
        let remaining = (options.timeout ?? CallOptions.defaultTimeout) - start.duration(to: .now)
        let worded = await wording.word(inquiry.text, answer, known: draft.known, remaining: remaining)
        outcome.steps.append(worded.step)
        if let answer = worded.answer { (outcome.answer, outcome.wordedBy) = (answer, "model") }
        try await progress(worded.step)
        return outcome
    }
}
