import Contracts
import RPC

/// Stands for the Assistant process.
struct AssistantDouble: AssistantAPI.Service {
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
