import Contracts
import RPC
import Support

/// Stands for the Assistant process: it knows one answer and one question left for a guest.
final class AssistantDouble: AssistantAPI.Service {
    private let asked = Shared<[AssistantAPI.AskRequest]>([])

    /// What was asked, in order.
    var questions: [AssistantAPI.AskRequest] { asked.current }

    private var answer: AssistantAPI.Answer {
        AssistantAPI.Answer(
            answer: [AssistantAPI.Sentence(text: "It is a <code> of its set.", citations: [1])],
            citations: [
                AssistantAPI.Citation(
                    n: 1, title: "The record", passage: "Type 2 diabetes", source: LookupDouble.source,
                    href: "/codes/icd10cm/E11.9")
            ], traceId: "0123456789abcdef0123456789abcdef", conversation: "c1", notSaid: ["Nothing of fees."],
            nextSteps: ["Check the documentation."], meter: AssistantAPI.Meter(limit: 1, remaining: 0, plan: "guest"))
    }

    func ask(
        _ request: AssistantAPI.AskRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.Answer {
        guard !request.guest.isEmpty || !context.principal.isEmpty else {
            throw ServiceError(.unauthenticated, "Nobody asks.")
        }
        guard !request.question.isEmpty else {
            throw ServiceError(.invalidArgument, "Ask something.", field: "question")
        }
        let isFirst = asked.withLock { asked -> Bool in
            asked.append(request)
            return asked.count == 1
        }
        guard isFirst else {
            throw ServiceError(.resourceExhausted, "The guest plan's limit of 1 is used.", reason: "limit")
        }
        guard request.question != "with patient data" else {
            var answer = answer
            answer.conversation = ""
            answer.notices = ["Not kept."]
            return answer
        }
        return answer
    }

    func getConversation(
        _ request: AssistantAPI.ConversationRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.Conversation {
        guard request.conversation == "c1" else { throw ServiceError(.notFound, "There is no such conversation.") }
        return AssistantAPI.Conversation(
            summary: AssistantAPI.ConversationSummary(id: "c1", title: "What is E11.9?", questions: 1),
            exchanges: [AssistantAPI.Exchange(question: "What is E11.9?", answer: answer)])
    }

    func explain(
        _ request: AssistantAPI.ExplainRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.Answer {
        AssistantAPI.Answer(
            answer: [AssistantAPI.Sentence(text: "It is a code of its set.", citations: [1])],
            citations: [
                AssistantAPI.Citation(
                    n: 1, title: "The record", passage: "Type 2 diabetes", source: LookupDouble.source,
                    href: "/codes/\(request.system)/\(request.code)")
            ])
    }
}

/// Stands for a process's health.
struct HealthDouble: HealthAPI.Service {
    let isServing: Bool

    func check(
        _ request: HealthAPI.HealthCheckRequest, context: CallContext
    ) async throws(ServiceError) -> HealthAPI.HealthCheckResponse {
        HealthAPI.HealthCheckResponse(status: isServing ? .serving : .notServing)
    }

    func watch(
        _ request: HealthAPI.HealthCheckRequest, to replies: ReplyWriter<HealthAPI.HealthCheckResponse>,
        context: CallContext
    ) async throws(ServiceError) {
        try await replies.write(check(request, context: context))
    }
}
