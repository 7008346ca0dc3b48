import Contracts

/// One case, as `mailcase.mustache` takes it: for its sender, or for a consultant with the form of a reply.
struct MailCaseView: Sendable {
    let subject: String
    let receivedAt: String
    let state: String
    let reason: String
    let lines: [String]
    let answer: AnswerView?
    let reply: [String]
    let hasReply: Bool
    let mayReply: Bool
    let path: String
    let csrf: String
    let problem: String?

    init(_ one: ConsultantAPI.Case, csrf: String, isConsultant: Bool, problem: String? = nil) {
        subject = one.subject.isEmpty ? "(no subject)" : one.subject
        receivedAt = UTCInstant(one.receivedAt)?.words ?? one.receivedAt
        state = ConsultantView.CaseView.words(one.state)
        reason = one.reason
        lines = one.text.split(separator: "\n").map(String.init)
        answer = one.answer.map { AnswerView($0, csrf: csrf) }
        reply = one.reply.split(separator: "\n").map(String.init)
        hasReply = !reply.isEmpty
        mayReply = isConsultant && one.state == "waiting"
        path = "/admin/cases/\(one.id)"
        self.csrf = csrf
        self.problem = problem
    }
}
