import GRDB
import Storage

extension PilotStore {
    /// Notes what the owner says of an answer; a wrong one enters the review queue.
    /// - Returns: false when there is no such answer of theirs.
    func judge(_ trace: String, owner: Owner, verdict: String, comment: String, at now: Int64) async throws -> Bool {
        try await store.writer.write { database in
            try database.run(
                "UPDATE exchange SET verdict = ? WHERE trace = ? AND owner = ?",
                [.text(verdict), .text(trace), .text(owner.text)])
            guard database.changesCount > 0 else { return false }
            if verdict == "wrong" {
                try database.run(
                    """
                    INSERT INTO review (trace, opened_at, comment) VALUES (?1, ?2, ?3)
                    ON CONFLICT (trace) DO UPDATE SET comment = ?3, state = 'open', opened_at = ?2
                    """, [.text(trace), .integer(now), .text(comment)])
            } else {
                try database.run("DELETE FROM review WHERE trace = ? AND state = 'open'", [.text(trace)])
            }
            return true
        }
    }

    /// Reviews that are open, the longest waiting first; or closed ones, the newest first.
    func reviews(open: Bool, limit: Int) throws -> [ReviewRow] {
        let order = open ? "state = 'open' ORDER BY opened_at" : "state <> 'open' ORDER BY resolved_at DESC"
        return try store.read { database in
            try database.all(
                """
                SELECT trace, opened_at, comment, state, resolution, resolved_at FROM review WHERE \(order) LIMIT ?
                """, [.integer(Int64(limit))], Self.reviewRow)
        }
    }

    /// How many reviews are open.
    func openReviews() throws -> Int {
        try store.read { database in
            try database.first("SELECT count(*) FROM review WHERE state = 'open'") { Int($0.integer(0)) } ?? 0
        }
    }

    /// One review.
    func review(_ trace: String) throws -> ReviewRow? {
        try store.read { database in
            try database.first(
                "SELECT trace, opened_at, comment, state, resolution, resolved_at FROM review WHERE trace = ?",
                [.text(trace)], Self.reviewRow)
        }
    }

    /// Ends a review, and writes its entry of the error log in the same transaction.
    /// - Returns: false when there is no such review.
    func resolve(
        _ trace: String, state: String, resolution: String, reviewer: String, error: ErrorRow?, at now: Int64
    ) async throws -> Bool {
        try await store.writer.write { database in
            try database.run(
                "UPDATE review SET state = ?, resolution = ?, reviewer = ?, resolved_at = ? WHERE trace = ?",
                [.text(state), .text(resolution), .text(reviewer), .integer(now), .text(trace)])
            guard database.changesCount > 0 else { return false }
            if let error { _ = try Self.write(error, by: reviewer, at: now, in: database) }
            return true
        }
    }

    /// Writes an entry of the error log, or changes the one with its id.
    /// - Returns: the id; nil when the one to be changed is not there.
    func put(_ error: ErrorRow, by reviewer: String, at now: Int64) async throws -> Int64? {
        try await store.writer.write { database in try Self.write(error, by: reviewer, at: now, in: database) }
    }

    /// The error log, newest first.
    /// - Parameter below: only entries with smaller ids; nil: from the newest on.
    func errors(below: Int64?, limit: Int) throws -> [ErrorRow] {
        try store.read { database in
            try database.all(
                """
                SELECT id, summary, found_on, fixed_on, told, code FROM error WHERE id < ? ORDER BY id DESC LIMIT ?
                """, [.integer(below ?? .max), .integer(Int64(limit))]
            ) { row in
                ErrorRow(
                    id: row.integer(0), summary: row.text(1), foundOn: row.text(2), fixedOn: row.text(3),
                    told: row.text(4), code: row.text(5))
            }
        }
    }

    private static func write(_ error: ErrorRow, by reviewer: String, at now: Int64, in database: Database) throws
        -> Int64?
    {
        let values: [Bound] = [
            .text(error.summary), .text(error.foundOn), .text(error.fixedOn), .text(error.told), .text(error.code),
            .text(reviewer), .integer(now),
        ]
        if error.id == 0 {
            try database.run(
                """
                INSERT INTO error (summary, found_on, fixed_on, told, code, written_by, written_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, values)
            return database.lastInsertedRowID
        }
        try database.run(
            """
            UPDATE error SET summary = ?, found_on = ?, fixed_on = ?, told = ?, code = ?, written_by = ?, written_at = ?
            WHERE id = ?
            """, values + [.integer(error.id)])
        return database.changesCount > 0 ? error.id : nil
    }

    private static func reviewRow(_ row: borrowing PreparedRow) -> ReviewRow {
        ReviewRow(
            trace: row.text(0), openedAt: row.integer(1), comment: row.text(2), state: row.text(3),
            resolution: row.text(4), resolvedAt: row.integer(5))
    }
}
