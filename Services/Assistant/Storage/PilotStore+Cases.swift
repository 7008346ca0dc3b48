import GRDB
import Mail
import Storage

extension PilotStore {
    /// What came of a message.
    enum Arrival: Sendable, Equatable {
        case taken
        /// A message with its id came before.
        case known
        /// Its sender sends too many.
        case tooMany
    }

    /// Messages of one sender in an hour.
    static let mostAnHour = 60
    /// Message-IDs are remembered for so long; no server sends a message again after it gave up (RFC 5321 §4.5.4.1: days).
    static let seenSeconds: Int64 = 30 * 86_400

    /// Keeps a case, once for each Message-ID.
    func arrive(_ row: CaseRow) async throws -> Arrival {
        try await store.writer.write { database in
            let known = try database.first("SELECT 1 FROM mail_seen WHERE message_id = ?", [.text(row.messageID)]) {
                _ in true
            }
            if known != nil { return .known }
            let hour = try database.first(
                "SELECT count(*) FROM mail_seen WHERE sender = ? AND at > ?",
                [.text(row.sender), .integer(row.receivedAt - 3_600)]
            ) { Int($0.integer(0)) }
            if (hour ?? 0) >= Self.mostAnHour { return .tooMany }
            try database.run(
                "INSERT INTO mail_seen (message_id, sender, at) VALUES (?, ?, ?)",
                [.text(row.messageID), .text(row.sender), .integer(row.receivedAt)])
            try database.run(
                """
                INSERT INTO mail_case (id, sender, account, subject, text, message_id, refs, received_at, due_at, state,
                    reason, redacted, verdict)
                VALUES (?1, ?2, '', ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?10, ?11)
                """,
                [
                    .text(row.id), .text(row.sender), .text(row.subject), .text(row.text), .text(row.messageID),
                    .text(row.references), .integer(row.receivedAt), .text(row.state.rawValue), .text(row.reason),
                    .integer(row.isRedacted ? 1 : 0), .text(row.verdict.rawValue),
                ])
            return .taken
        }
    }

    /// Cases that are to be worked on now, the longest waiting first.
    func dueCases(at now: Int64, limit: Int) throws -> [CaseRow] {
        try store.read { database in
            try database.all(
                Self.caseColumns + " WHERE state = 'received' AND due_at <= ? ORDER BY due_at LIMIT ?",
                [.integer(now), .integer(Int64(limit))], Self.caseRow)
        }
    }

    /// A case is tried again later.
    func postpone(_ id: String, until due: Int64) async throws {
        try await store.writer.write { database in
            try database.run(
                "UPDATE mail_case SET due_at = ?, tries = tries + 1 WHERE id = ? AND state = 'received'",
                [.integer(due), .text(id)])
        }
    }

    /// Ends the work on a case, and enters its mail in the same transaction.
    /// - Returns: false when it was not in one of these states any more: nothing was done.
    func end(_ row: CaseRow, from states: [CaseRow.State], mail: MailMessage?, at now: Int64) async throws -> Bool {
        let allowed = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try await store.writer.write { database in
            try database.run(
                """
                UPDATE mail_case SET account = ?, state = ?, reason = ?, answer = ?, trace = ?, reply = ?
                WHERE id = ? AND state IN (\(allowed))
                """,
                [
                    .text(row.account), .text(row.state.rawValue), .text(row.reason), .blob(row.answer),
                    .text(row.trace), .text(row.reply), .text(row.id),
                ])
            guard database.changesCount > 0 else { return false }
            if let mail { try Outbox.enter(mail, at: now, in: database) }
            return true
        }
    }

    /// Enters a refusal of a stranger, once a day for an address.
    /// - Returns: whether it was entered.
    func refuseStranger(_ mail: MailMessage, since day: Int64, at now: Int64) async throws -> Bool {
        try await store.writer.write { database in
            let last = try Outbox.lastEntered(mail.kind, to: mail.recipient, in: database)
            guard last ?? 0 < day else { return false }
            try Outbox.enter(mail, at: now, in: database)
            return true
        }
    }

    /// An account's cases, the newest first.
    func cases(of account: String, limit: Int) throws -> [CaseRow] {
        try store.read { database in
            try database.all(
                Self.caseColumns + " WHERE account = ? ORDER BY received_at DESC, id DESC LIMIT ?",
                [.text(account), .integer(Int64(limit))], Self.caseRow)
        }
    }

    /// Cases that wait for a person, the longest waiting first.
    func waitingCases(limit: Int) throws -> [CaseRow] {
        try store.read { database in
            try database.all(
                Self.caseColumns + " WHERE state = 'waiting' ORDER BY received_at LIMIT ?", [.integer(Int64(limit))],
                Self.caseRow)
        }
    }

    /// One case.
    func mailCase(_ id: String) throws -> CaseRow? {
        try store.read { database in
            try database.first(Self.caseColumns + " WHERE id = ?", [.text(id)], Self.caseRow)
        }
    }

    /// Deletes cases that ended before a moment, and Message-IDs that cannot come again.
    func forgetCases(endedBefore moment: Int64, now: Int64) async throws {
        try await store.writer.write { database in
            try database.run(
                "DELETE FROM mail_case WHERE state NOT IN ('received', 'waiting') AND received_at < ?",
                [.integer(moment)])
            try database.run("DELETE FROM mail_seen WHERE at < ?", [.integer(now - Self.seenSeconds)])
        }
    }

    private static let caseColumns = """
        SELECT id, sender, account, subject, text, message_id, refs, received_at, state, reason, redacted, verdict, answer,
            trace, reply, tries FROM mail_case
        """

    private static func caseRow(_ row: borrowing PreparedRow) throws -> CaseRow {
        guard let state = CaseRow.State(rawValue: row.text(8)) else {
            throw StorageError(.damaged, "A case in the assistant's store has an unknown state.")
        }
        return CaseRow(
            id: row.text(0), sender: row.text(1), account: row.text(2), subject: row.text(3), text: row.text(4),
            messageID: row.text(5), references: row.text(6), receivedAt: row.integer(7), state: state,
            reason: row.text(9), isRedacted: row.integer(10) == 1,
            verdict: AuthenticationVerdict(rawValue: row.text(11)) ?? .unknown, answer: row.blob(12),
            trace: row.text(13), reply: row.text(14), tries: Int(row.integer(15)))
    }

    /// Stands among the store's migrations.
    static let caseMigrations = [
        Migration(
            "002 cases",
            sql: """
                CREATE TABLE mail_case (
                    id TEXT NOT NULL PRIMARY KEY,
                    sender TEXT NOT NULL,
                    account TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    text TEXT NOT NULL,
                    message_id TEXT NOT NULL,
                    refs TEXT NOT NULL,
                    received_at INTEGER NOT NULL,
                    due_at INTEGER NOT NULL,
                    state TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    redacted INTEGER NOT NULL,
                    verdict TEXT NOT NULL,
                    answer BLOB NOT NULL DEFAULT x'',
                    trace TEXT NOT NULL DEFAULT '',
                    reply TEXT NOT NULL DEFAULT '',
                    tries INTEGER NOT NULL DEFAULT 0
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX mail_case_due ON mail_case (due_at) WHERE state = 'received';
                CREATE INDEX mail_case_waiting ON mail_case (received_at) WHERE state = 'waiting';
                CREATE INDEX mail_case_by_account ON mail_case (account, received_at);
                CREATE TABLE mail_seen (
                    message_id TEXT NOT NULL PRIMARY KEY,
                    sender TEXT NOT NULL,
                    at INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX mail_seen_by_sender ON mail_seen (sender, at);
                """),
        Outbox.migration("003 outbox"),
    ]
}
