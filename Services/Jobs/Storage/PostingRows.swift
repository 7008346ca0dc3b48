import Calendar
import GRDB
import Storage

/// The statements of postings and their revisions.
struct PostingRows {
    private static let columns = """
        id, employer, state, close_reason, rejection, live, head, valid_through, created_at, submitted_at, published_at, \
        closed_at, reminded_for, updated_at, coalesce(feed_id, ''), views, clicks, \
        (SELECT count(*) FROM application WHERE application.posting = posting.id AND stage <> 'withdrawn')
        """

    let database: Database

    init(_ database: Database) { self.database = database }

    func insert(_ record: PostingRecord, keys: DuplicateKeys) throws {
        try database.run(
            """
            INSERT INTO posting (id, employer, state, live, head, valid_through, created_at, updated_at, feed_id)
            VALUES (?, ?, 'draft', 0, 0, 0, ?, ?, ?)
            """,
            [
                .text(record.id.text), .text(record.employer.text), .integer(record.createdAt.seconds),
                .integer(record.updatedAt.seconds), record.feedID.isEmpty ? .null : .text(record.feedID),
            ])
        try update(record, keys: keys)
    }

    /// Writes everything that may change; the keys only when they are given.
    func update(_ record: PostingRecord, keys: DuplicateKeys? = nil) throws {
        let life = record.life
        try database.run(
            """
            UPDATE posting SET state = ?, close_reason = ?, rejection = ?, live = ?, head = ?, valid_through = ?,
                submitted_at = ?, published_at = ?, closed_at = ?, reminded_for = ?, updated_at = ? WHERE id = ?
            """,
            [
                .text(life.state.rawValue), life.closeReason.map { .text($0.rawValue) } ?? .null,
                .text(life.rejection), .integer(Int64(record.live)), .integer(Int64(record.head)),
                .integer(life.validThrough.daysSince1970), Self.bound(record.submittedAt),
                Self.bound(life.publishedAt), Self.bound(life.closedAt),
                life.remindedFor.map { .integer($0.daysSince1970) } ?? .null, .integer(record.updatedAt.seconds),
                .text(record.id.text),
            ])
        guard let keys else { return }
        try database.run(
            "UPDATE posting SET link_key = ?, job_key = ? WHERE id = ?",
            [.text(keys.link), .text(keys.job), .text(record.id.text)])
        try database.run("DELETE FROM shingle WHERE posting = ?", [.text(record.id.text)])
        for hash in keys.shingles.hashes.prefix(DuplicateKeys.kept) {
            try database.run(
                "INSERT INTO shingle (hash, posting) VALUES (?, ?)",
                [.integer(Int64(bitPattern: hash)), .text(record.id.text)])
        }
    }

    func delete(_ id: PostingID) throws { try database.run("DELETE FROM posting WHERE id = ?", [.text(id.text)]) }

    func find(_ id: PostingID) throws -> PostingRecord? {
        try database.first("SELECT \(Self.columns) FROM posting WHERE id = ?", [.text(id.text)], Self.record)
    }

    func find(feedID: String, of employer: EmployerID) throws -> PostingRecord? {
        try database.first(
            "SELECT \(Self.columns) FROM posting WHERE employer = ? AND feed_id = ?",
            [.text(employer.text), .text(feedID)], Self.record)
    }

    /// Those of an employer, the newest first.
    func all(of employer: EmployerID, limit: Int, offset: Int) throws -> [PostingRecord] {
        try database.all(
            """
            SELECT \(Self.columns) FROM posting WHERE employer = ? ORDER BY created_at DESC, id LIMIT ? OFFSET ?
            """,
            [.text(employer.text), .integer(Int64(limit)), .integer(Int64(offset))], Self.record)
    }

    /// The ids in an employer's feed whose postings are not closed.
    func feedIDs(of employer: EmployerID) throws -> [String] {
        try database.all(
            "SELECT feed_id FROM posting WHERE employer = ? AND feed_id IS NOT NULL AND state <> 'closed'",
            [.text(employer.text)], limit: .max
        ) { $0.text(0) }
    }

    /// Those that wait for a moderator, the oldest first.
    func waiting(limit: Int, offset: Int) throws -> [PostingRecord] {
        try database.all(
            """
            SELECT \(Self.columns) FROM posting WHERE submitted_at IS NOT NULL
            ORDER BY submitted_at, id LIMIT ? OFFSET ?
            """,
            [.integer(Int64(limit)), .integer(Int64(offset))], Self.record)
    }

    /// Published ones whose last day is before `day`.
    func over(before day: CalendarDate, limit: Int) throws -> [PostingRecord] {
        try database.all(
            """
            SELECT \(Self.columns) FROM posting WHERE state = 'published' AND valid_through < ?
            ORDER BY valid_through LIMIT ?
            """, [.integer(day.daysSince1970), .integer(Int64(limit))], Self.record)
    }

    /// Published ones whose last day is at most `day`, and of whose end nobody was told yet.
    func toRemind(through day: CalendarDate, limit: Int) throws -> [PostingRecord] {
        try database.all(
            """
            SELECT \(Self.columns) FROM posting
            WHERE state = 'published' AND valid_through <= ? AND reminded_for IS NOT valid_through
            ORDER BY valid_through LIMIT ?
            """, [.integer(day.daysSince1970), .integer(Int64(limit))], Self.record)
    }

    /// All that are on the board, after `id` in its order.
    func published(after id: String, limit: Int) throws -> [PostingRecord] {
        try database.all(
            "SELECT \(Self.columns) FROM posting WHERE state = 'published' AND id > ? ORDER BY id LIMIT ?",
            [.text(id), .integer(Int64(limit))], Self.record)
    }

    func insertRevision(
        _ content: PostingContent, number: Int, of id: PostingID, by account: String, at now: UTCInstant
    ) throws {
        try database.run(
            "INSERT INTO revision (posting, number, at, account, content) VALUES (?, ?, ?, ?, ?)",
            [
                .text(id.text), .integer(Int64(number)), .integer(now.seconds), .text(account),
                .text(try content.stored()),
            ])
    }

    func revision(_ number: Int, of id: PostingID) throws -> PostingContent? {
        try database.first(
            "SELECT content FROM revision WHERE posting = ? AND number = ?", [.text(id.text), .integer(Int64(number))]
        ) { try PostingContent(stored: $0.text(0)) }
    }

    func revisions(of id: PostingID, limit: Int) throws -> [(number: Int, at: UTCInstant, content: PostingContent)] {
        try database.all(
            "SELECT number, at, content FROM revision WHERE posting = ? ORDER BY number DESC LIMIT ?",
            [.text(id.text), .integer(Int64(limit))]
        ) { (Int($0.integer(0)), UTCInstant(seconds: $0.integer(1)), try PostingContent(stored: $0.text(2))) }
    }

    private static func bound(_ instant: UTCInstant?) -> Bound { instant.map { .integer($0.seconds) } ?? .null }

    private static func record(_ row: borrowing PreparedRow) throws -> PostingRecord {
        guard let id = PostingID(row.text(0)), let employer = EmployerID(row.text(1)),
            let state = PostingLife.State(rawValue: row.text(2))
        else { throw StorageError(.damaged, "A posting in the jobs store cannot be read; run codingahead check.") }
        let life = PostingLife(
            state: state, closeReason: PostingLife.CloseReason(rawValue: row.text(3)), rejection: row.text(4),
            validThrough: CalendarDate(daysSince1970: row.integer(7)), publishedAt: instant(row, 10),
            closedAt: instant(row, 11),
            remindedFor: row.isNull(12) ? nil : CalendarDate(daysSince1970: row.integer(12)))
        return PostingRecord(
            id: id, employer: employer, life: life, live: Int(row.integer(5)), head: Int(row.integer(6)),
            createdAt: UTCInstant(seconds: row.integer(8)), submittedAt: instant(row, 9),
            updatedAt: UTCInstant(seconds: row.integer(13)), feedID: row.text(14), views: Int(row.integer(15)),
            clicks: Int(row.integer(16)), applicants: Int(row.integer(17)))
    }

    private static func instant(_ row: borrowing PreparedRow, _ column: Int32) -> UTCInstant? {
        row.isNull(column) ? nil : UTCInstant(seconds: row.integer(column))
    }
}
