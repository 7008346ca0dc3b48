import Calendar
import Crypto
import GRDB
import Storage

/// The statements of the holds. The ledger's entries say what was charged; a hold says until when.
struct HoldRows {
    /// A hold with the entry that made it.
    struct Found {
        let hold: Hold
        let subject: String
        let feature: Int64
        let period: Int64
        let item: String
        let step: Int64
        let bucket: Bucket
    }

    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func insert(
        _ id: HoldID, subject: Subject, feature: Feature, entry: NewEntry, expiresAt: UTCInstant
    ) throws {
        try database.run(
            """
            INSERT INTO holds (id, subject, feature, period, item, step, bucket, expires_at, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
            """,
            [
                .blob(id.bytes), .text(subject.stored), .integer(feature.stored), .integer(entry.period),
                .text(entry.item), .integer(entry.step), .integer(entry.bucket.number), .integer(expiresAt.seconds),
            ])
    }

    func hold(_ id: HoldID) throws -> Found? {
        try database.first(
            """
            SELECT expires_at, state, subject, feature, period, item, step, bucket FROM holds WHERE id = ?
            """,
            [.blob(id.bytes)]
        ) { row in
            guard let state = Hold.State(rawValue: row.integer(1)) else {
                throw AccountError.unreadableRow(table: "holds")
            }
            return Found(
                hold: Hold(id: id, expiresAt: UTCInstant(seconds: row.integer(0)), state: state), subject: row.text(2),
                feature: row.integer(3), period: row.integer(4), item: row.text(5), step: row.integer(6),
                bucket: Bucket(number: row.integer(7)))
        }
    }

    /// Closes a hold: the entry in the ledger and the hold's state, in one act.
    func close(_ found: Found, as kind: EntryKind, _ state: Hold.State, at now: UTCInstant) throws {
        let rows = LedgerRows(database, subject: found.subject, feature: found.feature)
        let entry = NewEntry(
            period: found.period, item: found.item, step: found.step + 1, amount: kind == .commit ? 0 : 1,
            remaining: -1, endsAt: try endsAt(of: found), kind: kind, bucket: found.bucket)
        try rows.enter(entry, at: now)
        try database.run(
            "UPDATE holds SET state = ?, closed_at = ? WHERE id = ?",
            [.integer(state.rawValue), .integer(now.seconds), .blob(found.hold.id.bytes)])
    }

    /// Open holds that are over, the oldest first.
    func expired(at now: UTCInstant, limit: Int) throws -> [HoldID] {
        try database.all(
            "SELECT id FROM holds WHERE state = 0 AND expires_at <= ? ORDER BY expires_at LIMIT ?",
            [.integer(now.seconds), .integer(Int64(limit))]
        ) { row in HoldID(bytes: row.blob(0)) }
    }

    /// Forgets holds that were closed before a moment; the ledger keeps their entries.
    func forgetClosed(before moment: UTCInstant) throws {
        try database.run("DELETE FROM holds WHERE state <> 0 AND closed_at < ?", [.integer(moment.seconds)])
    }

    private func endsAt(of found: Found) throws -> Int64 {
        try database.first(
            """
            SELECT ends_at FROM entries
            WHERE subject = ? AND feature = ? AND period = ? AND item = ? AND step = ?
            """,
            [
                .text(found.subject), .integer(found.feature), .integer(found.period), .text(found.item),
                .integer(found.step),
            ]
        ) { row in row.integer(0) } ?? 0
    }
}

extension HoldID {
    /// The hold that an entry made: SHA-256 of the entry's key, its first 16 bytes.
    init(subject: Subject, feature: Feature, _ period: Int64, _ item: String, _ step: Int64) {
        let text = "\(subject.stored)\n\(feature.stored)\n\(period)\n\(item)\n\(step)"
        self.init(bytes: Array(SHA256.hash(data: Array(text.utf8)).prefix(16)))
    }
}
