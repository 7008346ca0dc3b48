package import Calendar
import GRDB
import Storage

/// What measurements need and the service does not: many rows at once, and counts.
extension JobsStore {
    /// Keeps many searches in one act, due at a moment.
    package func keep(_ searches: [SavedSearch], dueAt due: UTCInstant) async throws {
        try await store.writer.write { database in
            for search in searches {
                try database.run(
                    """
                    INSERT INTO saved_search (id, account, name, query, rhythm, created_at, seen_through, due_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        .text(search.id), .text(search.account), .text(search.name), .text(search.query),
                        .text(search.rhythm.rawValue), .integer(search.createdAt.seconds),
                        .integer(search.seenThrough.seconds), .integer(due.seconds),
                    ])
            }
        }
    }

    /// Lets the sample postings have been published within a span, evenly.
    package func publishSample(between start: UTCInstant, and end: UTCInstant) async throws {
        let span = end.seconds - start.seconds
        try await store.writer.write { database in
            try database.run(
                """
                UPDATE posting SET published_at = ? + (rowid_of.number * ? / rowid_of.total)
                FROM (SELECT id AS of, row_number() OVER (ORDER BY id) AS number, count(*) OVER () AS total FROM posting)
                    AS rowid_of
                WHERE rowid_of.of = posting.id
                """, [.integer(start.seconds), .integer(span)])
        }
    }

    /// How many mails of a kind were written, and to how many addresses.
    package func letterCounts(of kind: String) throws -> (letters: Int, recipients: Int) {
        try store.read { database in
            try database.first(
                "SELECT count(*), count(DISTINCT recipient) FROM outbox WHERE kind = ?", [.text(kind)]
            ) { (Int($0.integer(0)), Int($0.integer(1))) } ?? (0, 0)
        }
    }
}
