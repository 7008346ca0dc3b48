package import Calendar
import GRDB
import Storage

extension JobsStore {
    /// How long a résumé waits for its application, seconds.
    package static let uploadTime: Int64 = 3_600

    /// Notes a file that an account has uploaded.
    ///
    /// - Returns: the account's earlier ones, to be deleted: only the last one can be sent.
    package func noteUpload(_ file: String, of account: String, at now: UTCInstant) async throws -> [String] {
        try await store.writer.write { database in
            let earlier = try database.all(
                "SELECT file FROM resume_upload WHERE account = ?", [.text(account)]
            ) { $0.text(0) }
            try database.run("DELETE FROM resume_upload WHERE account = ?", [.text(account)])
            try database.run(
                "INSERT INTO resume_upload (file, account, at) VALUES (?, ?, ?)",
                [.text(file), .text(account), .integer(now.seconds)])
            return earlier
        }
    }

    /// Forgets uploads that were never sent.
    ///
    /// - Returns: their files, to be deleted.
    package func forgetUploads(before moment: UTCInstant) async throws -> [String] {
        try await store.writer.write { database in
            let over = try database.all(
                "SELECT file FROM resume_upload WHERE at < ?", [.integer(moment.seconds)]
            ) { $0.text(0) }
            try database.run("DELETE FROM resume_upload WHERE at < ?", [.integer(moment.seconds)])
            return over
        }
    }

    /// Every file that an application or an upload names.
    package func resumeFiles() throws -> Set<String> {
        try store.snapshot { database in
            let sent = try database.all("SELECT resume FROM application WHERE resume <> ''", limit: .max) { $0.text(0) }
            let waiting = try database.all("SELECT file FROM resume_upload", limit: .max) { $0.text(0) }
            return Set(sent + waiting)
        }
    }
}
