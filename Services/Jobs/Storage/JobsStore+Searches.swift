package import Calendar
import GRDB
package import Mail
import Storage

extension JobsStore {
    private static let searchColumns =
        "id, account, name, query, rhythm, created_at, seen_through, mailed_at"

    /// Keeps a search.
    ///
    /// - Throws: `SeekerError.tooMany`.
    package func save(_ search: SavedSearch, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            let count = try database.first(
                "SELECT count(*) FROM saved_search WHERE account = ?", [.text(search.account)]
            ) { Int($0.integer(0)) }
            guard (count ?? 0) < SavedSearch.limit else { throw SeekerError.tooMany(SavedSearch.limit) }
            try database.run(
                """
                INSERT INTO saved_search (id, account, name, query, rhythm, created_at, seen_through, due_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(search.id), .text(search.account), .text(search.name), .text(search.query),
                    .text(search.rhythm.rawValue), .integer(search.createdAt.seconds),
                    .integer(search.seenThrough.seconds), Self.bound(search.due(after: now)),
                ])
        }
    }

    /// Those of an account, the oldest first.
    package func searches(of account: String) throws -> [SavedSearch] {
        try store.read { database in
            try database.all(
                "SELECT \(Self.searchColumns) FROM saved_search WHERE account = ? ORDER BY created_at, id",
                [.text(account)], Self.search)
        }
    }

    /// Changes a search. One that was silent begins with what is published from now on.
    ///
    /// - Throws: `SeekerError.unknown` for somebody else's.
    package func changeSearch(
        _ id: String, of account: String, name: String?, rhythm: SavedSearch.Rhythm?, at now: UTCInstant
    ) async throws -> SavedSearch {
        try await store.writer.write { database in
            guard var search = try Self.search(id, of: account, in: database) else { throw SeekerError.unknown }
            if let name { search.name = name }
            if let rhythm {
                if search.rhythm == .never { search.seenThrough = now }
                search.rhythm = rhythm
            }
            try database.run(
                "UPDATE saved_search SET name = ?, rhythm = ?, seen_through = ?, due_at = ? WHERE id = ?",
                [
                    .text(search.name), .text(search.rhythm.rawValue), .integer(search.seenThrough.seconds),
                    Self.bound(search.due(after: now)), .text(id),
                ])
            return search
        }
    }

    /// Forgets a search.
    ///
    /// - Throws: `SeekerError.unknown` for somebody else's.
    package func deleteSearch(_ id: String, of account: String) async throws {
        try await store.writer.write { database in
            guard try Self.search(id, of: account, in: database) != nil else { throw SeekerError.unknown }
            try database.run("DELETE FROM saved_search WHERE id = ?", [.text(id)])
        }
    }

    /// Silences all searches of whoever has a token; an unknown one does nothing.
    package func unsubscribe(token: String) async throws {
        try await store.writer.write { database in
            try database.run(
                """
                UPDATE saved_search SET rhythm = 'never', due_at = NULL
                WHERE account = (SELECT account FROM digest_reader WHERE token = ?)
                """, [.text(token)])
        }
    }

    /// The searches that are due of the next accounts after `account`, in whole accounts: at most `limit` searches, which
    /// has to be at least `SavedSearch.limit`.
    package func dueSearches(at now: UTCInstant, after account: String, limit: Int) throws -> [SavedSearch] {
        try store.snapshot { database in
            var found = try database.all(
                """
                SELECT \(Self.searchColumns) FROM saved_search
                WHERE due_at <= ? AND account > ? ORDER BY account, created_at, id LIMIT ?
                """, [.integer(now.seconds), .text(account), .integer(Int64(limit))], Self.search)
            if found.count == limit, let last = found.last?.account {
                found.removeLast(found.count - (found.firstIndex { $0.account == last } ?? 0))
            }
            return found
        }
    }

    /// Which of some postings an account was mailed before.
    package func sent(to account: String, among ids: [PostingID]) throws -> Set<PostingID> {
        try store.read { database in
            var sent: Set<PostingID> = []
            for id in ids {
                let found = try database.first(
                    "SELECT 1 FROM sent_job WHERE account = ? AND posting = ?", [.text(account), .text(id.text)]
                ) { _ in true }
                if found != nil { sent.insert(id) }
            }
            return sent
        }
    }

    /// The tokens with which accounts end their digests.
    ///
    /// - Parameter fresh: by account, the token that is taken where there is none yet.
    package func unsubscribeTokens(_ fresh: [String: String]) async throws -> [String: String] {
        try await store.writer.write { database in
            var tokens = fresh
            for (account, token) in fresh {
                try database.run(
                    "INSERT INTO digest_reader (account, token) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    [.text(account), .text(token)])
                guard database.changesCount == 0 else { continue }
                tokens[account] = try database.first(
                    "SELECT token FROM digest_reader WHERE account = ?", [.text(account)]
                ) { $0.text(0) }
            }
            return tokens
        }
    }

    /// Ends a morning for some accounts in one act: the searches are seen, the postings noted as sent, and the mails wait
    /// to go out. A crash before it leaves everything as it was, one after it changes nothing: each digest goes out once.
    ///
    /// - Parameter mails: by account; none for those without news or without an address.
    package func finish(
        _ digests: [Digest], mails: [String: MailMessage], cut: UTCInstant, at now: UTCInstant
    ) async throws {
        try await store.writer.write { database in
            for digest in digests {
                let mail = mails[digest.account]
                var isStillWanted = false
                for search in digest.searches {
                    let isMailed = mail != nil && digest.withNews.contains(search.id)
                    // Silenced or looked at by another run meanwhile: then nothing is sent for it.
                    try database.run(
                        """
                        UPDATE saved_search SET seen_through = ?, due_at = ?, mailed_at = ?
                        WHERE id = ? AND due_at <= ?
                        """,
                        [
                            .integer(cut.seconds), Self.bound(search.due(after: now)),
                            Self.bound(isMailed ? now : search.mailedAt), .text(search.id), .integer(now.seconds),
                        ])
                    if isMailed, database.changesCount > 0 { isStillWanted = true }
                }
                guard let mail, isStillWanted else { continue }
                for posting in digest.postings {
                    try database.run(
                        "INSERT INTO sent_job (account, posting, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        [.text(digest.account), .text(posting.text), .integer(now.seconds)])
                }
                try Outbox.enter(mail, at: now.seconds, in: database)
            }
        }
    }

    private static func search(_ id: String, of account: String, in database: Database) throws -> SavedSearch? {
        try database.first(
            "SELECT \(searchColumns) FROM saved_search WHERE id = ? AND account = ?", [.text(id), .text(account)],
            search)
    }

    private static func bound(_ instant: UTCInstant?) -> Bound { instant.map { .integer($0.seconds) } ?? .null }

    private static func search(_ row: borrowing PreparedRow) throws -> SavedSearch {
        SavedSearch(
            id: row.text(0), account: row.text(1), name: row.text(2), query: row.text(3),
            rhythm: SavedSearch.Rhythm(rawValue: row.text(4)) ?? .never,
            createdAt: UTCInstant(seconds: row.integer(5)), seenThrough: UTCInstant(seconds: row.integer(6)),
            mailedAt: row.isNull(7) ? nil : UTCInstant(seconds: row.integer(7)))
    }
}
