import GRDB
import Storage

/// The statements of the ledger, for one subject and feature on one connection.
struct LedgerRows {
    private let database: Database
    private let subject: Bound
    private let feature: Bound

    init(_ database: Database, subject: Subject, feature: Feature) {
        self.database = database
        self.subject = .text(subject.stored)
        self.feature = .integer(feature.stored)
    }

    /// The newest period with an entry.
    func latestPeriod() throws -> Period? {
        try database.first(
            "SELECT period, ends_at FROM entries WHERE subject = ? AND feature = ? ORDER BY period DESC LIMIT 1",
            [subject, feature]
        ) { row in
            Period(start: UTCInstant(seconds: row.integer(0)), end: UTCInstant(seconds: row.integer(1)))
        }
    }

    /// Whether an item was opened in a period.
    func isGranted(_ item: MeteredItem, in period: Period) throws -> Bool {
        try database.first(
            "SELECT 1 FROM entries WHERE subject = ? AND feature = ? AND period = ? AND item = ?",
            [subject, feature, .integer(period.start.seconds), .text(item.text)]
        ) { _ in true } ?? false
    }

    /// Whether an item came along from a guest and is still free.
    func isCarried(_ item: MeteredItem, at now: UTCInstant) throws -> Bool {
        try database.first(
            "SELECT ends_at FROM carried_grants WHERE subject = ? AND feature = ? AND item = ?",
            [subject, feature, .text(item.text)]
        ) { row in now.seconds < row.integer(0) } ?? false
    }

    /// The sums of a period.
    func meter(in period: Period) throws -> Meter {
        try database.first(
            """
            SELECT total(CASE item WHEN '' THEN amount ELSE 0 END), total(amount) FROM entries
            WHERE subject = ? AND feature = ? AND period = ?
            """,
            [subject, feature, .integer(period.start.seconds)]
        ) { row in Meter(allotted: Int(row.integer(0)), balance: Int(row.integer(1))) } ?? .empty
    }

    /// The entry that was made under an idempotency key, of whatever feature.
    func entry(under key: [UInt8]) throws -> KeyedEntry? {
        try database.first(
            #"SELECT feature, item, remaining, ends_at FROM entries WHERE subject = ? AND "key" = ?"#,
            [subject, .blob(key)]
        ) { row in
            KeyedEntry(
                feature: row.integer(0), item: row.text(1), remaining: row.integer(2),
                endsAt: UTCInstant(seconds: row.integer(3)))
        }
    }

    /// Enters what the plan gives.
    func give(_ amount: Int, balance: Int, in period: Period, at now: UTCInstant) throws {
        try database.run(
            """
            INSERT INTO entries (subject, feature, period, item, step, amount, remaining, ends_at, at)
            VALUES (?1, ?2, ?3, '', (SELECT count(*) FROM entries WHERE subject = ?1 AND feature = ?2 AND period = ?3
            AND item = ''), ?4, ?5, ?6, ?7)
            """,
            [
                subject, feature, .integer(period.start.seconds), .integer(Int64(amount)), .integer(Int64(balance)),
                .integer(period.end.seconds), .integer(now.seconds),
            ])
    }

    /// Enters a charge of one.
    func charge(_ item: MeteredItem, remaining: Int?, key: [UInt8]?, in period: Period, at now: UTCInstant) throws {
        try database.run(
            """
            INSERT INTO entries (subject, feature, period, item, step, amount, remaining, ends_at, at, "key")
            VALUES (?, ?, ?, ?, 0, -1, ?, ?, ?, ?)
            """,
            [
                subject, feature, .integer(period.start.seconds), .text(item.text),
                .integer(remaining.map(Int64.init) ?? -1), .integer(period.end.seconds), .integer(now.seconds),
                key.map(Bound.blob) ?? .null,
            ])
    }
}
