import Contracts
import RPC

/// Calls whose answers no page of the tests depends on.
extension AssistantDouble {
    func listConversations(
        _ request: AssistantAPI.ListConversationsRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.ListConversationsReply {
        AssistantAPI.ListConversationsReply()
    }

    func renameConversation(
        _ request: AssistantAPI.RenameConversationRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.ConversationSummary {
        AssistantAPI.ConversationSummary()
    }

    func deleteConversation(
        _ request: AssistantAPI.ConversationRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.DeleteConversationReply {
        AssistantAPI.DeleteConversationReply()
    }

    func exportConversations(
        _ request: AssistantAPI.ExportConversationsRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.ExportConversationsReply {
        AssistantAPI.ExportConversationsReply()
    }

    func giveFeedback(
        _ request: AssistantAPI.GiveFeedbackRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.GiveFeedbackReply {
        AssistantAPI.GiveFeedbackReply()
    }

    func getTrace(
        _ request: AssistantAPI.TraceRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.Trace {
        AssistantAPI.Trace()
    }

    func listReviews(
        _ request: AssistantAPI.ListReviewsRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.ListReviewsReply {
        AssistantAPI.ListReviewsReply()
    }

    func resolveReview(
        _ request: AssistantAPI.ResolveReviewRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.Review {
        AssistantAPI.Review()
    }

    func listErrors(
        _ request: AssistantAPI.ListErrorsRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.ListErrorsReply {
        AssistantAPI.ListErrorsReply(errors: [
            AssistantAPI.ErrorEntry(id: 1, summary: "An old title was shown.", foundOn: "2026-11-24")
        ])
    }

    func putError(
        _ request: AssistantAPI.PutErrorRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.ErrorEntry {
        AssistantAPI.ErrorEntry()
    }

    func getPassage(
        _ request: AssistantAPI.PassageRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.Citation {
        AssistantAPI.Citation()
    }

    func stream(
        _ request: AssistantAPI.AskRequest, to replies: ReplyWriter<AssistantAPI.AskEvent>, context: CallContext
    ) async throws(ServiceError) {
        try await replies.write(AssistantAPI.AskEvent(done: AssistantAPI.Answer()))
    }
}
