package import GRDB
package import Storage

/// The messages of a store that are to be sent: written in the transaction of what caused them, sent later by a `Postman`.
package enum Outbox {
    /// Stands in each store that sends mail, as one of its migrations. Texts are emptied once a message is sent: they
    /// hold links that open things.
    package static func migration(_ name: String) -> Migration {
        Migration(
            name,
            sql: """
                CREATE TABLE outbox (
                    id TEXT NOT NULL PRIMARY KEY,
                    kind TEXT NOT NULL,
                    recipient TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    text TEXT NOT NULL,
                    html TEXT NOT NULL,
                    headers TEXT NOT NULL,
                    created_at INTEGER NOT NULL,
                    due_at INTEGER NOT NULL,
                    failures INTEGER NOT NULL DEFAULT 0,
                    state INTEGER NOT NULL DEFAULT 0,
                    code INTEGER NOT NULL DEFAULT 0,
                    ended_at INTEGER
                ) WITHOUT ROWID, STRICT;
                CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 0;
                CREATE INDEX outbox_by_recipient ON outbox (recipient, created_at);
                """)
    }

    /// Writes a message into the transaction of `database`. A message with an id that is there already does nothing.
    package static func enter(_ message: MailMessage, at now: Int64, in database: Database) throws {
        let headers = message.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        try database.run(
            """
            INSERT INTO outbox (id, kind, recipient, subject, text, html, headers, created_at, due_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            [
                .text(message.id), .text(message.kind), .text(message.recipient), .text(message.subject),
                .text(message.text), .text(message.html), .text(headers), .integer(now), .integer(now),
            ])
    }

    /// Messages that are due, the longest waiting first.
    package static func due(at now: Int64, limit: Int, in database: Database) throws -> [WaitingMail] {
        try database.all(
            """
            SELECT id, kind, recipient, subject, text, html, headers, created_at, failures FROM outbox
            WHERE state = 0 AND due_at <= ? ORDER BY due_at LIMIT ?
            """,
            [.integer(now), .integer(Int64(limit))]
        ) { row in
            let headers = row.text(6).split(separator: "\n").compactMap { line -> MailHeader? in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                return MailHeader(String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
            }
            let message = MailMessage(
                id: row.text(0), kind: row.text(1), recipient: row.text(2), subject: row.text(3), text: row.text(4),
                html: row.text(5), headers: headers)
            return WaitingMail(message: message, createdAt: row.integer(7), failures: row.integer(8))
        }
    }

    /// How many messages wait, and when the longest waiting was entered, in seconds since 1970.
    /// - Complexity: by the index of those that wait.
    package static func waiting(in database: Database) throws -> (count: Int, oldest: Int64?) {
        let row = try database.first("SELECT count(*), min(created_at) FROM outbox WHERE state = 0") { row in
            (Int(row.integer(0)), row.integer(0) == 0 ? nil : row.integer(1))
        }
        return row ?? (0, nil)
    }

    /// A message was taken by the other side.
    package static func noteSent(_ id: String, at now: Int64, in database: Database) throws {
        try end(id, state: .sent, code: 0, at: now, database)
    }

    /// A message was not taken: it is tried again later, or has bounced or failed for good.
    package static func noteFailure(
        _ mail: WaitingMail, _ failure: MailDeliveryError, at now: Int64, in database: Database
    ) throws {
        let failures = mail.failures + 1
        let pause = failure.isPermanent ? nil : RetryPlan.pause(after: failures, age: now - mail.createdAt)
        guard let pause else {
            let state = failure.isPermanent ? OutboxState.bounced : .failed
            return try end(mail.message.id, state: state, code: failure.code, at: now, database)
        }
        try database.run(
            "UPDATE outbox SET failures = ?, code = ?, due_at = ? WHERE id = ?",
            [.integer(failures), .integer(Int64(failure.code)), .integer(now + pause), .text(mail.message.id)])
    }

    /// A bounce that came back later by mail, to the id of the Message-ID that it names.
    package static func noteBounce(_ id: String, at now: Int64, in database: Database) throws {
        try end(id, state: .bounced, code: 550, at: now, database)
    }

    /// When a message of a kind was last written to an address; nil: never, or it is forgotten.
    package static func lastEntered(_ kind: String, to recipient: String, in database: Database) throws -> Int64? {
        try database.first(
            "SELECT max(created_at) FROM outbox WHERE recipient = ? AND kind = ?", [.text(recipient), .text(kind)]
        ) { row in row.isNull(0) ? nil : row.integer(0) } ?? nil
    }

    /// Whether the last message to an address came back.
    package static func isBouncing(_ recipient: String, in database: Database) throws -> Bool {
        try database.first(
            "SELECT state FROM outbox WHERE recipient = ? AND state <> 0 ORDER BY created_at DESC LIMIT 1",
            [.text(recipient)]
        ) { row in row.integer(0) == OutboxState.bounced.rawValue } ?? false
    }

    /// Deletes messages that ended before a moment.
    package static func forget(endedBefore moment: Int64, in database: Database) throws {
        try database.run("DELETE FROM outbox WHERE state <> 0 AND ended_at < ?", [.integer(moment)])
    }

    private static func end(
        _ id: String, state: OutboxState, code: Int, at now: Int64, _ database: Database
    ) throws {
        try database.run(
            "UPDATE outbox SET state = ?, code = ?, ended_at = ?, text = '', html = '' WHERE id = ?",
            [.integer(state.rawValue), .integer(Int64(code)), .integer(now), .text(id)])
    }
}
