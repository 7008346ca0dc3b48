package import Calendar
import GRDB
import Storage

extension JobsStore {
    /// A link of application that is to be looked at.
    package struct Link: Sendable, Equatable {
        package let posting: PostingID
        package let target: String
        /// Times running that it was dead.
        package let failures: Int
    }

    /// Links of open postings that are due, the longest waiting first.
    package func dueLinks(at now: UTCInstant, limit: Int) throws -> [Link] {
        try store.snapshot { database in
            let rows = PostingRows(database)
            let due = try database.all(
                """
                SELECT id, live, coalesce(failures, 0) FROM posting LEFT JOIN link_check ON link_check.posting = id
                WHERE state = 'published' AND link_key <> '' AND coalesce(due_at, 0) <= ?
                ORDER BY coalesce(due_at, 0), id LIMIT ?
                """, [.integer(now.seconds), .integer(Int64(limit))]
            ) { (PostingID($0.text(0)), Int($0.integer(1)), Int($0.integer(2))) }
            return try due.compactMap { id, live, failures in
                guard let id, let content = try rows.revision(live, of: id), content.applyMethod == .link else {
                    return nil
                }
                return Link(posting: id, target: content.applyTarget, failures: failures)
            }
        }
    }

    /// Notes what was found, and when to look again.
    package func note(_ link: Link, failures: Int, answer: String, due: UTCInstant) async throws {
        try await store.writer.write { database in
            try database.run(
                """
                INSERT INTO link_check (posting, due_at, failures, answer) SELECT id, ?, ?, ? FROM posting WHERE id = ?
                ON CONFLICT DO UPDATE SET due_at = excluded.due_at, failures = excluded.failures, answer = excluded.answer
                """,
                [.integer(due.seconds), .integer(Int64(failures)), .text(answer), .text(link.posting.text)])
        }
    }
}
