package import Contracts
package import Logging
package import RPC
import Storage

/// The calls of CaseConsultant: an account's own cases, and the queue of those that a person answers.
package struct ConsultantHandler: ConsultantAPI.Service {
    /// Ten printed pages are no reply any more.
    private static let longestReply = 20_000

    private let store: PilotStore
    private let letters: CaseLetters
    /// Empty: no mail is taken.
    private let address: String
    private let surroundings: Surroundings
    private let logger: Logger

    /// - Parameters:
    ///   - store: open as long as calls are served.
    ///   - origin: where the site is.
    ///   - address: where cases are mailed to; empty: nowhere.
    package init(
        store: PilotStore, origin: String, address: String, surroundings: Surroundings = .system, logger: Logger
    ) {
        self.store = store
        letters = CaseLetters(origin: origin)
        self.address = address
        self.surroundings = surroundings
        self.logger = logger
    }

    /// The asker's own cases.
    package func listCases(
        _ request: ConsultantAPI.ListCasesRequest, context: CallContext
    ) async throws(ServiceError) -> ConsultantAPI.ListCasesReply {
        guard let account = Asker.account(context) else {
            throw ServiceError(.unauthenticated, "Log in to see your cases.")
        }
        let size = try PilotHandler.size(request.pageSize, usual: 30, most: 100)
        let rows: [CaseRow]
        do { rows = try store.cases(of: account, limit: size) } catch { throw failure(error) }
        return ConsultantAPI.ListCasesReply(cases: rows.map(ConsultantAPI.Case.init))
    }

    /// One case.
    package func getCase(
        _ request: ConsultantAPI.GetCaseRequest, context: CallContext
    ) async throws(ServiceError) -> ConsultantAPI.Case {
        let account = Asker.account(context)
        guard !request.consultant.isEmpty || account != nil else {
            throw ServiceError(.unauthenticated, "Log in to see your cases.")
        }
        let row = try row(request.id)
        guard !request.consultant.isEmpty || (account == row.account && !row.account.isEmpty) else {
            throw Self.noCase
        }
        return try Self.whole(row)
    }

    /// Cases that wait for a person.
    package func listQueue(
        _ request: ConsultantAPI.ListQueueRequest, context: CallContext
    ) async throws(ServiceError) -> ConsultantAPI.ListCasesReply {
        _ = try PilotHandler.reviewer(request.consultant, context)
        let size = try PilotHandler.size(request.pageSize, usual: 30, most: 100)
        let rows: [CaseRow]
        do { rows = try store.waitingCases(limit: size) } catch { throw failure(error) }
        return ConsultantAPI.ListCasesReply(cases: rows.map(ConsultantAPI.Case.init))
    }

    /// A consultant's answer, which goes out in the thread.
    package func replyToCase(
        _ request: ConsultantAPI.ReplyToCaseRequest, context: CallContext
    ) async throws(ServiceError) -> ConsultantAPI.Case {
        _ = try PilotHandler.reviewer(request.consultant, context)
        let text = IdentifierScanner.redacted(request.text.trimmed)
        guard (1...Self.longestReply).contains(text.count) else {
            throw ServiceError(
                .invalidArgument, "A reply has 1 to \(Self.longestReply) characters.", field: "text")
        }
        var row = try row(request.id)
        row.state = .replied
        row.reply = text
        let isDone: Bool
        do {
            isDone = try await store.end(
                row, from: [.waiting], mail: letters.reply(text, to: row), at: surroundings.now())
        } catch {
            throw failure(error)
        }
        guard isDone else {
            throw ServiceError(
                .failedPrecondition, "This case does not wait for a person any more.", reason: "case_not_waiting")
        }
        return try Self.whole(row)
    }

    /// Where cases are mailed to.
    package func getMailbox(
        _ request: ConsultantAPI.GetMailboxRequest, context: CallContext
    ) async throws(ServiceError) -> ConsultantAPI.Mailbox {
        ConsultantAPI.Mailbox(address: address)
    }

    private func row(_ id: String) throws(ServiceError) -> CaseRow {
        let found: CaseRow?
        do { found = try store.mailCase(id) } catch { throw failure(error) }
        guard let found else { throw Self.noCase }
        return found
    }

    private static func whole(_ row: CaseRow) throws(ServiceError) -> ConsultantAPI.Case {
        var told = ConsultantAPI.Case(row)
        told.text = row.text
        told.reply = row.reply
        if !row.answer.isEmpty { told.answer = try WireForm.value(AssistantAPI.Answer.self, from: row.answer) }
        return told
    }

    private static var noCase: ServiceError {
        ServiceError(.notFound, "There is no such case of yours.", field: "id")
    }

    private func failure(_ error: any Error) -> ServiceError {
        if let error = error as? ServiceError { return error }
        logger.error("cases could not be read or written", metadata: ["cause": "\(error)"])
        return ServiceError(.internal, "The desk could not do this with cases; its log says why.", mayHaveRun: true)
    }
}

extension ConsultantAPI.Case {
    /// As lists show it.
    init(_ row: CaseRow) {
        self.init(
            id: row.id, subject: row.subject, receivedAt: UTCSeconds(row.receivedAt).rfc3339, state: row.state.rawValue,
            reason: row.reason, traceId: row.trace)
    }
}
