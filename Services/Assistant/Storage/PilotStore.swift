import GRDB
import Storage

/// Conversations with their answers and traces, reviews, and the public error log.
package struct PilotStore: Sendable {
    /// Exchanges of a conversation that are read; a longer one goes on in a new conversation.
    static let mostExchanges = 200

    let store: Store

    /// Opens the file, makes it when it is missing, and brings its schema up to date.
    /// - Throws: `StorageError`, see `Store.init`.
    package init(path: String) throws {
        store = try Store(StoreConfiguration(path: path, migrations: Self.migrations))
    }

    /// A question that was answered, with the conversation that it makes or goes on.
    /// - Parameter key: under which a repeat finds it; empty: none.
    func add(_ exchange: ExchangeRow, title: String, key: AskKey?) async throws {
        try await store.writer.write { database in
            try database.run(
                """
                INSERT INTO conversation (id, owner, title, created_at, updated_at, questions) VALUES (?1, ?2, ?3, ?4, ?4, 1)
                ON CONFLICT (id) DO UPDATE SET updated_at = ?4, questions = questions + 1
                """,
                [.text(exchange.conversation), .text(exchange.owner.text), .text(title), .integer(exchange.askedAt)])
            try database.run(
                """
                INSERT INTO exchange (trace, conversation, owner, asked_at, question, answer, trace_data)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(exchange.trace), .text(exchange.conversation), .text(exchange.owner.text),
                    .integer(exchange.askedAt), .text(exchange.question), .blob(exchange.answer),
                    .blob(exchange.traceData),
                ])
            guard let key else { return }
            try database.run(
                "INSERT INTO asked (key, owner, question, trace, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [
                    .blob(key.bytes), .text(exchange.owner.text), .blob(key.digest), .text(exchange.trace),
                    .integer(exchange.askedAt),
                ])
        }
    }

    /// What was answered under a key before.
    /// - Throws: `AskKey.Conflict` when it was another question.
    func answered(_ key: AskKey, owner: Owner) throws -> ExchangeRow? {
        let found = try store.read { database in
            try database.first(
                "SELECT question, trace FROM asked WHERE key = ? AND owner = ?", [.blob(key.bytes), .text(owner.text)]
            ) { row in (row.blob(0), row.text(1)) }
        }
        guard let found else { return nil }
        guard found.0 == key.digest else { throw AskKey.Conflict() }
        return try exchange(found.1)
    }

    /// One exchange by its trace id.
    func exchange(_ trace: String) throws -> ExchangeRow? {
        try store.read { database in
            try database.first(Self.columns + " WHERE trace = ?", [.text(trace)], Self.row)
        }
    }

    /// The exchanges of an owner's conversation, oldest first; empty: it is not theirs, or is not there.
    func exchanges(of conversation: String, owner: Owner) throws -> [ExchangeRow] {
        try store.read { database in
            try database.all(
                Self.columns + " WHERE conversation = ? AND owner = ? ORDER BY asked_at, rowid LIMIT ?",
                [.text(conversation), .text(owner.text), .integer(Int64(Self.mostExchanges))], Self.row)
        }
    }

    /// An owner's conversations, the newest first.
    /// - Parameter before: only those changed before; nil: from the newest on.
    func conversations(of owner: Owner, before: (at: Int64, id: String)? = nil, limit: Int) throws -> [ConversationRow]
    {
        try store.read { database in
            try database.all(
                """
                SELECT id, owner, title, created_at, updated_at, questions FROM conversation
                WHERE owner = ?1 AND (updated_at, id) < (?2, ?3) ORDER BY updated_at DESC, id DESC LIMIT ?4
                """,
                [
                    .text(owner.text), .integer(before?.at ?? .max), .text(before?.id ?? ""), .integer(Int64(limit)),
                ], Self.conversationRow)
        }
    }

    /// One conversation; nil when it is not the owner's.
    func conversation(_ id: String, owner: Owner) throws -> ConversationRow? {
        try store.read { database in
            try database.first(
                """
                SELECT id, owner, title, created_at, updated_at, questions FROM conversation
                WHERE id = ? AND owner = ?
                """, [.text(id), .text(owner.text)], Self.conversationRow)
        }
    }

    /// Gives it another title.
    /// - Returns: false when it is not the owner's.
    func rename(_ id: String, owner: Owner, to title: String) async throws -> Bool {
        try await store.writer.write { database in
            try database.run(
                "UPDATE conversation SET title = ? WHERE id = ? AND owner = ?",
                [.text(title), .text(id), .text(owner.text)])
            return database.changesCount > 0
        }
    }

    /// Deletes a conversation with all that belongs to it; one that is not the owner's is left alone.
    func delete(_ id: String, owner: Owner) async throws {
        try await store.writer.write { database in
            try Self.delete(
                "conversation = ?1 AND owner = ?2", "id = ?1 AND owner = ?2", [.text(id), .text(owner.text)], database)
        }
    }

    /// Deletes conversations that rest since: those of guests sooner, as theirs belong to a session.
    func forget(guestsBefore: Int64, accountsBefore: Int64) async throws {
        try await store.writer.write { database in
            let old = """
                SELECT id FROM conversation WHERE (owner LIKE 'guest:%' AND updated_at < ?1)
                OR (owner LIKE 'account:%' AND updated_at < ?2) LIMIT 500
                """
            let values: [Bound] = [.integer(guestsBefore), .integer(accountsBefore)]
            try Self.delete("conversation IN (\(old))", "id IN (\(old))", values, database)
            try database.run("DELETE FROM asked WHERE at < ?", [.integer(min(guestsBefore, accountsBefore))])
        }
    }

    /// Finishes and closes the file.
    package func close() throws { try store.close() }

    private static func delete(
        _ exchanges: String, _ conversations: String, _ values: [Bound], _ database: Database
    ) throws {
        try database.run("DELETE FROM review WHERE trace IN (SELECT trace FROM exchange WHERE \(exchanges))", values)
        try database.run("DELETE FROM asked WHERE trace IN (SELECT trace FROM exchange WHERE \(exchanges))", values)
        try database.run("DELETE FROM exchange WHERE \(exchanges)", values)
        try database.run("DELETE FROM conversation WHERE \(conversations)", values)
    }

    private static let columns =
        "SELECT trace, conversation, owner, asked_at, question, answer, trace_data, verdict FROM exchange"

    private static func row(_ row: borrowing PreparedRow) throws -> ExchangeRow {
        guard let owner = Owner(row.text(2)) else { throw damaged }
        return ExchangeRow(
            trace: row.text(0), conversation: row.text(1), owner: owner, askedAt: row.integer(3), question: row.text(4),
            answer: row.blob(5), traceData: row.blob(6), verdict: row.text(7))
    }

    private static func conversationRow(_ row: borrowing PreparedRow) throws -> ConversationRow {
        guard let owner = Owner(row.text(1)) else { throw damaged }
        return ConversationRow(
            id: row.text(0), owner: owner, title: row.text(2), createdAt: row.integer(3), updatedAt: row.integer(4),
            questions: Int(row.integer(5)))
    }

    private static var damaged: StorageError {
        StorageError(.damaged, "A row of the assistant's store names an owner of an unknown kind.")
    }
}
