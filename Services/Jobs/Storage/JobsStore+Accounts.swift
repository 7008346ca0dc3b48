import GRDB
import Storage

extension JobsStore {
    /// Where something of an account's own is kept. What it wrote for an employer is the employer's.
    private static let ownTables = [
        "saved_job", "profile", "application", "resume_upload", "saved_search", "digest_reader", "sent_job", "report",
        "employer_member",
    ]

    /// Accounts of which something is kept, by id.
    ///
    /// - Parameter after: the last one of the part before; empty: from the first.
    package func accounts(after: String, limit: Int) throws -> [String] {
        let parts = Self.ownTables.map {
            "SELECT account FROM (SELECT DISTINCT account FROM \($0) WHERE account > ?1 ORDER BY account LIMIT ?2)"
        }
        return try store.read { database in
            try database.all(
                parts.joined(separator: " UNION ") + " ORDER BY account LIMIT ?2",
                [.text(after), .integer(Int64(limit))], limit: limit
            ) { $0.text(0) }
        }
    }

    /// Deletes everything of accounts.
    ///
    /// - Returns: the files of their résumés, to be deleted.
    package func forget(accounts: [String]) async throws -> [String] {
        try await store.writer.write { database in
            var files: [String] = []
            for account in accounts {
                files += try database.all(
                    """
                    SELECT resume FROM application WHERE account = ?1 AND resume <> ''
                    UNION ALL SELECT file FROM resume_upload WHERE account = ?1
                    """, [.text(account)]
                ) { $0.text(0) }
                for table in Self.ownTables {
                    try database.run("DELETE FROM \(table) WHERE account = ?", [.text(account)])
                }
            }
            return files
        }
    }
}
