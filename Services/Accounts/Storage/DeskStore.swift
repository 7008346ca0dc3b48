package import Calendar
import Crypto
import GRDB
package import Mail
package import Storage

/// What people keep about codes.
package struct DeskStore: Sendable {
    let store: Store

    /// The desks in `store`.
    package init(_ store: Store) {
        self.store = store
    }

    /// The codes that an account has marked, newest first.
    package func marks(of account: AccountID) throws -> [MarkedCode] {
        try store.read { database in
            try database.all(
                """
                SELECT code, favourite, note, watched, changed_at FROM marks WHERE account = ?
                ORDER BY changed_at DESC, code
                """,
                [.text(account.text)], Self.mark)
        }
    }

    /// What an account keeps about one code; nil when that is nothing.
    package func mark(of code: String, by account: AccountID) throws -> MarkedCode? {
        try store.read { database in
            try database.first(
                "SELECT code, favourite, note, watched, changed_at FROM marks WHERE account = ? AND code = ?",
                [.text(account.text), .text(code)], Self.mark)
        }
    }

    /// Recently viewed codes, and the searches when they are kept.
    package func use(of account: AccountID) throws -> DeskUse {
        try store.snapshot { database in
            let viewed = try database.all(
                "SELECT code, at FROM views WHERE account = ? ORDER BY at DESC, code LIMIT ?",
                [.text(account.text), .integer(Int64(DeskUse.limit))]
            ) { row in (code: row.text(0), at: UTCInstant(seconds: row.integer(1))) }
            let searches = try database.all(
                "SELECT text FROM searches WHERE account = ? ORDER BY at DESC, text LIMIT ?",
                [.text(account.text), .integer(Int64(DeskUse.limit))]
            ) { row in row.text(0) }
            return DeskUse(
                viewed: viewed, keepsSearches: try Self.keepsSearches(account, database), searches: searches)
        }
    }

    /// Changes what is kept about a code.
    ///
    /// - Throws: `AccountError.deskFull`; `StorageError`.
    package func mark(
        _ code: String, of account: AccountID, at now: UTCInstant,
        _ change: @escaping @Sendable (MarkedCode) -> MarkedCode
    ) async throws -> MarkedCode {
        try await store.writer.write { database in
            let key: [Bound] = [.text(account.text), .text(code)]
            let found = try database.first(
                "SELECT code, favourite, note, watched, changed_at FROM marks WHERE account = ? AND code = ?", key,
                Self.mark)
            let none = MarkedCode(code: code, isFavourite: false, note: "", isWatched: false, changedAt: now)
            let changed = change(found ?? none)
            if changed.isEmpty {
                try database.run("DELETE FROM marks WHERE account = ? AND code = ?", key)
                return changed
            }
            let count =
                try database.first("SELECT count(*) FROM marks WHERE account = ?", [.text(account.text)]) { row in
                    Int(row.integer(0))
                } ?? 0
            guard found != nil || count < MarkedCode.limit else { throw AccountError.deskFull }
            try database.run(
                """
                INSERT INTO marks (account, code, favourite, note, watched, changed_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET favourite = excluded.favourite, note = excluded.note,
                    watched = excluded.watched, changed_at = excluded.changed_at
                """,
                key + [
                    .integer(changed.isFavourite ? 1 : 0), .text(changed.note), .integer(changed.isWatched ? 1 : 0),
                    .integer(now.seconds),
                ])
            return changed
        }
    }

    /// Notes what was viewed or searched for; the oldest beyond the limit go. Losing it costs nothing, so nobody waits.
    package func noteUse(code: String, search: String, by account: AccountID, at now: UTCInstant) {
        store.writer.submit { database in
            if !code.isEmpty { try Self.note("views", "code", code, account, now, database) }
            if !search.isEmpty, try Self.keepsSearches(account, database) {
                try Self.note("searches", "text", search, account, now, database)
            }
        } completion: { _ in
        }
    }

    /// Whether searches are kept; turning it off deletes them.
    package func setKeepsSearches(_ keeps: Bool, of account: AccountID) async throws {
        try await store.writer.write { database in
            try database.run(
                "UPDATE accounts SET keeps_searches = ? WHERE id = ?", [.integer(keeps ? 1 : 0), .text(account.text)])
            if !keeps { try database.run("DELETE FROM searches WHERE account = ?", [.text(account.text)]) }
        }
    }

    /// Writes one mail to everybody who watches one of the codes; how many were written. The same lines of the same edition
    /// again do nothing: an edition of many changes is announced in several calls, and calls are repeated.
    package func announce(
        _ changes: [String: String], edition: String, at now: UTCInstant,
        _ message: @escaping @Sendable (_ id: String, _ address: String, _ lines: [String]) -> MailMessage
    ) async throws -> Int {
        try await store.writer.write { database in
            var lines: [String: [String]] = [:]
            for code in changes.keys.sorted() {
                let watching = try database.all(
                    """
                    SELECT accounts.email FROM marks JOIN accounts ON accounts.id = marks.account
                    WHERE code = ? AND watched = 1 AND email_verified = 1 AND suspended_at IS NULL
                    """,
                    [.text(code)], limit: 1_000_000
                ) { row in row.text(0) }
                for address in watching { lines[address, default: []].append("\(code): \(changes[code] ?? "")") }
            }
            var written = 0
            for (address, lines) in lines {
                let text = ([edition, address] + lines).joined(separator: "\n")
                let id = "watch-" + Hexadecimal.text(SHA256.hash(data: Array(text.utf8)).prefix(12))
                try database.run(
                    "INSERT OR IGNORE INTO announcements (id, at) VALUES (?, ?)", [.text(id), .integer(now.seconds)])
                guard database.changesCount == 1 else { continue }
                try Outbox.enter(message(id, address, lines), at: now.seconds, in: database)
                written += 1
            }
            return written
        }
    }

    /// Forgets who was told before a moment.
    package func forgetAnnouncements(before moment: UTCInstant) async throws {
        try await store.writer.write { database in
            try database.run("DELETE FROM announcements WHERE at < ?", [.integer(moment.seconds)])
        }
    }

    private static func keepsSearches(_ account: AccountID, _ database: Database) throws -> Bool {
        try database.first("SELECT keeps_searches FROM accounts WHERE id = ?", [.text(account.text)]) { row in
            row.integer(0) != 0
        } ?? false
    }

    private static func note(
        _ table: String, _ column: String, _ value: String, _ account: AccountID, _ now: UTCInstant,
        _ database: Database
    ) throws {
        try database.run(
            """
            INSERT INTO \(table) (account, \(column), at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at
            """,
            [.text(account.text), .text(value), .integer(now.seconds)])
        try database.run(
            """
            DELETE FROM \(table) WHERE account = ?1 AND \(column) IN
                (SELECT \(column) FROM \(table) WHERE account = ?1 ORDER BY at DESC LIMIT -1 OFFSET ?2)
            """,
            [.text(account.text), .integer(Int64(DeskUse.limit))])
    }

    private static func mark(_ row: borrowing PreparedRow) throws -> MarkedCode {
        MarkedCode(
            code: row.text(0), isFavourite: row.integer(1) != 0, note: row.text(2), isWatched: row.integer(3) != 0,
            changedAt: UTCInstant(seconds: row.integer(4)))
    }
}
