package import Contracts
package import RPC

extension PilotHandler {
    /// Titles are shown in a list of links.
    private static let longestTitle = 120
    /// Conversations of an export; each has at most 200 questions.
    private static let mostExported = 200

    /// The asker's conversations.
    package func listConversations(
        _ request: AssistantAPI.ListConversationsRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.ListConversationsReply {
        let owner = try Asker.owner(context, guest: request.guest)
        let size = try Self.size(request.pageSize, usual: 30, most: 100)
        var before: (at: Int64, id: String)?
        if !request.pageToken.isEmpty {
            let parts = request.pageToken.split(separator: ".")
            guard parts.count == 2, let at = Int64(parts[0]) else {
                throw ServiceError(.invalidArgument, "This is no page token of this call.", field: "page_token")
            }
            before = (at, String(parts[1]))
        }
        let rows: [ConversationRow]
        do { rows = try store.conversations(of: owner, before: before, limit: size) } catch {
            throw failure(error, doing: "list the conversations")
        }
        let token = rows.count == size ? rows.last.map { "\($0.updatedAt).\($0.id)" } ?? "" : ""
        return AssistantAPI.ListConversationsReply(
            conversations: rows.map(AssistantAPI.ConversationSummary.init), nextPageToken: token)
    }

    /// One conversation of the asker.
    package func getConversation(
        _ request: AssistantAPI.ConversationRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.Conversation {
        let owner = try Asker.owner(context, guest: request.guest)
        guard let found = try conversation(request.conversation, owner) else { throw Self.noConversation }
        return found
    }

    /// Gives a conversation another title.
    package func renameConversation(
        _ request: AssistantAPI.RenameConversationRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.ConversationSummary {
        let owner = try Asker.owner(context, guest: request.guest)
        let title = IdentifierScanner.redacted(request.title.collapsed)
        guard (1...Self.longestTitle).contains(title.count) else {
            throw ServiceError(
                .invalidArgument, "A title has 1 to \(Self.longestTitle) characters.", field: "title")
        }
        do {
            guard try await store.rename(request.conversation, owner: owner, to: title),
                let row = try store.conversation(request.conversation, owner: owner)
            else { throw Self.noConversation }
            return AssistantAPI.ConversationSummary(row)
        } catch {
            throw failure(error, doing: "rename the conversation")
        }
    }

    /// Deletes a conversation of the asker.
    package func deleteConversation(
        _ request: AssistantAPI.ConversationRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.DeleteConversationReply {
        let owner = try Asker.owner(context, guest: request.guest)
        do { try await store.delete(request.conversation, owner: owner) } catch {
            throw failure(error, doing: "delete the conversation")
        }
        return AssistantAPI.DeleteConversationReply()
    }

    /// All that is kept of the asker.
    package func exportConversations(
        _ request: AssistantAPI.ExportConversationsRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.ExportConversationsReply {
        let owner = try Asker.owner(context, guest: request.guest)
        let rows: [ConversationRow]
        do { rows = try store.conversations(of: owner, limit: Self.mostExported) } catch {
            throw failure(error, doing: "export the conversations")
        }
        var conversations: [AssistantAPI.Conversation] = []
        for row in rows {
            if let found = try conversation(row.id, owner) { conversations.append(found) }
        }
        return AssistantAPI.ExportConversationsReply(conversations: conversations)
    }

    /// Notes what the asker says of an answer.
    package func giveFeedback(
        _ request: AssistantAPI.GiveFeedbackRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.GiveFeedbackReply {
        let owner = try Asker.owner(context, guest: request.guest)
        guard ["good", "wrong"].contains(request.verdict) else {
            throw ServiceError(.invalidArgument, "Say good or wrong.", field: "verdict")
        }
        guard request.comment.count <= 2_000 else {
            throw ServiceError(.invalidArgument, "A comment may be at most 2000 characters long.", field: "comment")
        }
        let comment = IdentifierScanner.redacted(request.comment.trimmed)
        let isThere: Bool
        do {
            isThere = try await store.judge(
                request.traceId, owner: owner, verdict: request.verdict, comment: comment, at: surroundings.now())
        } catch {
            throw failure(error, doing: "note the feedback")
        }
        guard isThere else { throw ServiceError(.notFound, "There is no such answer of yours.", field: "trace_id") }
        return AssistantAPI.GiveFeedbackReply()
    }

    /// A passage that answers cite.
    package func getPassage(
        _ request: AssistantAPI.PassageRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.Citation {
        let found: FoundPassage?
        do { found = try answerer.knowledge.passage(PassageID(value: Int64(request.id))) } catch {
            throw failure(error, doing: "read the passage")
        }
        guard let found else {
            throw ServiceError(
                .notFound, "There is no such passage any more: its document was replaced or removed.", field: "id")
        }
        return AssistantAPI.Citation(Composer.evidence(found), number: 1)
    }

    private func conversation(_ id: String, _ owner: Owner) throws(ServiceError) -> AssistantAPI.Conversation? {
        let row: ConversationRow?
        let exchanges: [ExchangeRow]
        do {
            row = try store.conversation(id, owner: owner)
            exchanges = try store.exchanges(of: id, owner: owner)
        } catch {
            throw failure(error, doing: "read the conversation")
        }
        guard let row else { return nil }
        var told: [AssistantAPI.Exchange] = []
        for exchange in exchanges {
            told.append(
                AssistantAPI.Exchange(
                    askedAt: UTCSeconds(exchange.askedAt).rfc3339, question: exchange.question,
                    answer: try WireForm.value(AssistantAPI.Answer.self, from: exchange.answer),
                    verdict: exchange.verdict))
        }
        return AssistantAPI.Conversation(summary: AssistantAPI.ConversationSummary(row), exchanges: told)
    }

    private static var noConversation: ServiceError {
        ServiceError(.notFound, "There is no such conversation of yours.", field: "conversation")
    }

    /// A page size within its limits.
    static func size(_ asked: UInt32, usual: Int, most: Int) throws(ServiceError) -> Int {
        guard asked <= most else {
            throw ServiceError(.invalidArgument, "A page has at most \(most) entries.", field: "page_size")
        }
        return asked == 0 ? usual : Int(asked)
    }
}

extension AssistantAPI.ConversationSummary {
    init(_ row: ConversationRow) {
        self.init(
            id: row.id, title: row.title, createdAt: UTCSeconds(row.createdAt).rfc3339,
            updatedAt: UTCSeconds(row.updatedAt).rfc3339, questions: UInt32(clamping: row.questions))
    }
}
