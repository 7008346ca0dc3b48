package import Calendar
import Crypto
import Foundation
import GRDB
import Storage

extension JobsStore {
    /// What is counted of a posting.
    package enum Counted: String, Sendable {
        case view, click
    }

    /// Entries of a page of the sitemap.
    package static let sitemapPage = 10_000

    /// Counts a reader once a day. What tells readers apart is hashed with the day and forgotten after it. Nobody waits for
    /// the disk: a count that is lost in a crash is no harm.
    package func count(_ what: Counted, of id: PostingID, by viewer: String, on day: CalendarDate) {
        let digest = SHA256.hash(data: Data("\(day) \(viewer)".utf8))
        let mark = Array(digest.prefix(16))
        store.writer.submit { database in
            try database.run(
                "INSERT INTO seen (day, posting, kind, viewer) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [.integer(day.daysSince1970), .text(id.text), .text(what.rawValue), .blob(mark)])
            guard database.changesCount > 0 else { return }
            let column = what == .view ? "views" : "clicks"
            try database.run("UPDATE posting SET \(column) = \(column) + 1 WHERE id = ?", [.text(id.text)])
        } completion: { _ in
        }
    }

    /// Forgets who was counted on earlier days.
    package func forgetSeen(before day: CalendarDate) async throws {
        try await store.writer.write { database in
            try database.run("DELETE FROM seen WHERE day < ?", [.integer(day.daysSince1970)])
        }
    }

    /// A page of the open postings by id.
    package func sitemap(after id: String, limit: Int) throws -> [(id: PostingID, updatedAt: UTCInstant)] {
        try store.read { database in
            try database.all(
                "SELECT id, updated_at FROM posting WHERE state = 'published' AND id > ? ORDER BY id LIMIT ?",
                [.text(id), .integer(Int64(limit))], limit: limit
            ) { row in PostingID(row.text(0)).map { ($0, UTCInstant(seconds: row.integer(1))) } }.compactMap { $0 }
        }
    }

    /// A reader's report.
    package struct Report: Sendable, Equatable {
        package let posting: PostingID
        package let title: String
        package let reason: String
        package let text: String
        package let at: UTCInstant
        /// The posting's latest.
        package let revision: Int
    }

    /// Keeps a report; the reader's earlier one of the same posting is replaced.
    ///
    /// - Throws: `PostingError.unknown` unless everybody may read the posting.
    package func report(
        _ id: PostingID, by account: String, reason: String, text: String, at now: UTCInstant
    ) async throws {
        try await store.writer.write { database in
            guard let record = try PostingRows(database).find(id), record.isPublic else { throw PostingError.unknown }
            try database.run(
                """
                INSERT INTO report (posting, account, reason, text, at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET reason = excluded.reason, text = excluded.text, at = excluded.at
                """,
                [.text(id.text), .text(account), .text(reason), .text(text), .integer(now.seconds)])
        }
    }

    /// Open reports, the oldest first.
    package func reports(limit: Int) throws -> [Report] {
        try store.snapshot { database in
            let rows = PostingRows(database)
            let found = try database.all(
                "SELECT posting, reason, text, at FROM report ORDER BY at LIMIT ?", [.integer(Int64(limit))]
            ) { ($0.text(0), $0.text(1), $0.text(2), UTCInstant(seconds: $0.integer(3))) }
            return try found.compactMap { (text, reason, words, at) in
                guard let id = PostingID(text), let record = try rows.find(id) else { return nil }
                let title = try rows.revision(record.live, of: id)?.title ?? ""
                return Report(posting: id, title: title, reason: reason, text: words, at: at, revision: record.head)
            }
        }
    }

    /// A revision of a posting.
    package func revision(_ number: Int, of id: PostingID) throws -> PostingContent? {
        try store.read { database in try PostingRows(database).revision(number, of: id) }
    }
}
