package import Calendar
import Foundation
import GRDB
import Storage

extension JobsStore {
    /// Saved postings of an account: more are no list that anybody reads.
    package static let savedJobs = 500

    /// Remembers or forgets a posting.
    ///
    /// - Throws: `PostingError.unknown`; `SeekerError.tooMany`.
    package func setSaved(_ id: PostingID, _ isSaved: Bool, by account: String, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            guard isSaved else {
                try database.run(
                    "DELETE FROM saved_job WHERE account = ? AND posting = ?", [.text(account), .text(id.text)])
                return
            }
            guard let record = try PostingRows(database).find(id), record.isPublic else { throw PostingError.unknown }
            let count = try database.first("SELECT count(*) FROM saved_job WHERE account = ?", [.text(account)]) {
                Int($0.integer(0))
            }
            guard (count ?? 0) < Self.savedJobs else { throw SeekerError.tooMany(Self.savedJobs) }
            try database.run(
                "INSERT INTO saved_job (account, posting, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [.text(account), .text(id.text), .integer(now.seconds)])
        }
    }

    /// Whether an account has saved a posting.
    package func isSaved(_ id: PostingID, by account: String) throws -> Bool {
        try store.read { database in
            try database.first(
                "SELECT 1 FROM saved_job WHERE account = ? AND posting = ?", [.text(account), .text(id.text)]
            ) { _ in true } ?? false
        }
    }

    /// What an account has saved, the newest first.
    package func savedPostings(of account: String) throws -> [Posting] {
        try store.snapshot { database in
            let ids = try database.all(
                "SELECT posting FROM saved_job WHERE account = ? ORDER BY at DESC, posting", [.text(account)]
            ) { PostingID($0.text(0)) }
            let rows = PostingRows(database)
            return try ids.compactMap { id in
                guard let id, let record = try rows.find(id), record.isPublic else { return nil }
                return try rows.posting(record, number: record.live)
            }
        }
    }

    /// What an account tells employers.
    package func profile(of account: String) throws -> SeekerProfile? {
        try store.read { database in
            try database.first("SELECT content FROM profile WHERE account = ?", [.text(account)]) { row in
                do {
                    return try JSONDecoder().decode(SeekerProfile.self, from: Data(row.text(0).utf8))
                } catch {
                    throw StorageError(.damaged, "A profile in the jobs store cannot be read; run codingahead check.")
                }
            }
        }
    }

    /// Replaces it.
    package func put(_ profile: SeekerProfile, of account: String) async throws {
        let text = String(decoding: try JSONEncoder().encode(profile), as: UTF8.self)
        try await store.writer.write { database in
            try database.run(
                "INSERT INTO profile (account, content) VALUES (?, ?) ON CONFLICT DO UPDATE SET content = excluded.content",
                [.text(account), .text(text)])
        }
    }
}
