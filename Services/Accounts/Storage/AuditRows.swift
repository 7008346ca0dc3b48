import Calendar
import GRDB
import Storage

/// The statements of the audit log.
struct AuditRows {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func enter(_ entry: AuditEntry) throws {
        try database.run(
            "INSERT INTO audit (at, actor, act, target, detail) VALUES (?, ?, ?, ?, ?)",
            [
                .integer(entry.at.seconds), .text(entry.actor), .text(entry.act.rawValue), .text(entry.target),
                .text(entry.detail),
            ])
    }

    /// How often somebody did something after a moment.
    func count(_ act: AuditEntry.Act, by actor: String, after moment: UTCInstant) throws -> Int {
        try database.first(
            "SELECT count(*) FROM audit WHERE actor = ? AND act = ? AND at > ?",
            [.text(actor), .text(act.rawValue), .integer(moment.seconds)]
        ) { row in Int(row.integer(0)) } ?? 0
    }

    /// Lines after a number, the oldest first.
    func entries(after number: Int64, target: String?, limit: Int) throws -> [(number: Int64, entry: AuditEntry)] {
        try database.all(
            """
            SELECT id, at, actor, act, target, detail FROM audit
            WHERE id > ? AND (?2 IS NULL OR target = ?2 OR actor = ?2) ORDER BY id LIMIT ?
            """,
            [.integer(number), target.map(Bound.text) ?? .null, .integer(Int64(limit))]
        ) { row in
            guard let act = AuditEntry.Act(rawValue: row.text(3)) else {
                throw AccountError.unreadableRow(table: "audit")
            }
            let entry = AuditEntry(
                at: UTCInstant(seconds: row.integer(1)), actor: row.text(2), act: act, target: row.text(4),
                detail: row.text(5))
            return (row.integer(0), entry)
        }
    }
}
