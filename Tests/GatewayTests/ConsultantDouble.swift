import Contracts
import RPC
import Support

/// Stands for CaseConsultant: one case that waits, of the account `owner`.
final class ConsultantDouble: ConsultantAPI.Service {
    private let replies = Shared<[String]>([])

    private var waiting: ConsultantAPI.Case {
        ConsultantAPI.Case(
            id: "case1", subject: "Knee <b>", receivedAt: "2026-11-24T10:00:00Z", state: "waiting",
            text: "May I report both?")
    }

    func listCases(
        _ request: ConsultantAPI.ListCasesRequest, context: CallContext
    ) async throws(ServiceError) -> ConsultantAPI.ListCasesReply {
        guard !context.principal.isEmpty else { throw ServiceError(.unauthenticated, "Nobody asks.") }
        return ConsultantAPI.ListCasesReply(cases: [waiting])
    }

    func getCase(
        _ request: ConsultantAPI.GetCaseRequest, context: CallContext
    ) async throws(ServiceError) -> ConsultantAPI.Case {
        guard request.id == waiting.id else { throw ServiceError(.notFound, "There is no such case of yours.") }
        return waiting
    }

    func listQueue(
        _ request: ConsultantAPI.ListQueueRequest, context: CallContext
    ) async throws(ServiceError) -> ConsultantAPI.ListCasesReply {
        guard !request.consultant.isEmpty else { throw ServiceError(.permissionDenied, "For consultants.") }
        return ConsultantAPI.ListCasesReply(cases: [waiting])
    }

    func replyToCase(
        _ request: ConsultantAPI.ReplyToCaseRequest, context: CallContext
    ) async throws(ServiceError) -> ConsultantAPI.Case {
        guard !request.text.isEmpty else { throw ServiceError(.invalidArgument, "Write something.", field: "text") }
        replies.withLock { $0.append(request.text) }
        return waiting
    }

    func getMailbox(
        _ request: ConsultantAPI.GetMailboxRequest, context: CallContext
    ) async throws(ServiceError) -> ConsultantAPI.Mailbox {
        ConsultantAPI.Mailbox(address: "case@desk.example.org")
    }
}
