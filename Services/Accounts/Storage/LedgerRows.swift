import Calendar
import GRDB
import Storage

/// The statements of the ledger, for one subject and feature on one connection.
struct LedgerRows {
    let database: Database
    let subject: Bound
    let feature: Bound

    init(_ database: Database, subject: Subject, feature: Feature) {
        self.init(database, subject: subject.stored, feature: feature.stored)
    }

    init(_ database: Database, subject: String, feature: Int64) {
        self.database = database
        self.subject = .text(subject)
        self.feature = .integer(feature)
    }

    /// The newest period with an entry. Grants beyond the plan are entered under period 0.
    func latestPeriod() throws -> Period? {
        try database.first(
            """
            SELECT period, ends_at FROM entries WHERE subject = ? AND feature = ? AND period > 0
            ORDER BY period DESC LIMIT 1
            """,
            [subject, feature]
        ) { row in
            Period(start: UTCInstant(seconds: row.integer(0)), end: UTCInstant(seconds: row.integer(1)))
        }
    }

    /// How an item stands in a period.
    func state(of item: MeteredItem, in period: Period) throws -> ItemState {
        try database.first(
            """
            SELECT kind, step FROM entries WHERE subject = ? AND feature = ? AND period = ? AND item = ?
            ORDER BY step DESC LIMIT 1
            """,
            [subject, feature, .integer(period.start.seconds), .text(item.text)]
        ) { row in
            guard let kind = EntryKind(rawValue: row.integer(0)) else {
                throw AccountError.unreadableRow(table: "entries")
            }
            return ItemState(kind: kind, step: row.integer(1))
        } ?? .unopened
    }

    /// Whether an item came along from a guest and is still free.
    func isCarried(_ item: MeteredItem, at now: UTCInstant) throws -> Bool {
        try database.first(
            "SELECT ends_at FROM carried_grants WHERE subject = ? AND feature = ? AND item = ?",
            [subject, feature, .text(item.text)]
        ) { row in now.seconds < row.integer(0) } ?? false
    }

    /// The sums of a period, with the grants that are worth something at `now`.
    func meter(in period: Period, grants: [Purse]) throws -> Meter {
        try database.first(
            """
            SELECT total(CASE WHEN item = '' AND kind = 0 THEN amount ELSE 0 END),
                total(CASE bucket WHEN 0 THEN amount ELSE 0 END),
                total(CASE WHEN item <> '' AND bucket >= 0 THEN -amount ELSE 0 END)
            FROM entries WHERE subject = ? AND feature = ? AND period = ?
            """,
            [subject, feature, .integer(period.start.seconds)]
        ) { row in
            Meter(
                allotted: Int(row.integer(0)), balance: Int(row.integer(1)), used: Int(row.integer(2)), grants: grants)
        } ?? .empty
    }

    /// The grants beyond the plan that have not expired, with what is left of each.
    func grants(at now: UTCInstant) throws -> [Purse] {
        // The statement of the sums runs outside the row closure: a statement is not stepped within another's row.
        let found = try database.all(
            "SELECT id, priority, expires_at, granted_at FROM grants WHERE subject = ? AND feature = ? AND expires_at > ?",
            [subject, feature, .integer(now.seconds)]
        ) { row in (row.integer(0), row.integer(1), row.integer(2), row.integer(3)) }
        return try found.map { number, priority, expires, given in
            let balance = try database.first(
                "SELECT total(amount) FROM entries WHERE subject = ? AND bucket = ? AND bucket > 0",
                [subject, .integer(number)]
            ) { row in Int(row.integer(0)) }
            return Purse(
                bucket: .grant(number), priority: priority, expiresAt: UTCInstant(seconds: expires),
                givenAt: UTCInstant(seconds: given), balance: balance ?? 0)
        }
    }

    /// The entry that was made under an idempotency key, of whatever feature.
    func entry(under key: [UInt8]) throws -> KeyedEntry? {
        try database.first(
            #"SELECT feature, item, kind, period, step, remaining, ends_at FROM entries WHERE subject = ? AND "key" = ?"#,
            [subject, .blob(key)]
        ) { row in
            guard let kind = EntryKind(rawValue: row.integer(2)) else {
                throw AccountError.unreadableRow(table: "entries")
            }
            return KeyedEntry(
                feature: row.integer(0), item: row.text(1), kind: kind, period: row.integer(3), step: row.integer(4),
                remaining: row.integer(5), endsAt: UTCInstant(seconds: row.integer(6)))
        }
    }

    /// The next step of the empty item, under which is entered what the plan gives, and corrections.
    func nextGiving(in period: Period) throws -> Int64 {
        try database.first(
            "SELECT count(*) FROM entries WHERE subject = ? AND feature = ? AND period = ? AND item = ''",
            [subject, feature, .integer(period.start.seconds)]
        ) { row in row.integer(0) } ?? 0
    }

    /// Enters what the plan gives, or a correction.
    ///
    /// - Parameter step: as `nextGiving` says.
    func give(
        _ amount: Int, step: Int64, kind: EntryKind, balance: Int, in period: Period, at now: UTCInstant
    ) throws {
        try enter(
            NewEntry(
                period: period.start.seconds, item: "", step: step, amount: Int64(amount), remaining: Int64(balance),
                endsAt: period.end.seconds, kind: kind, bucket: .plan), at: now)
    }

    /// Enters one row.
    func enter(_ entry: NewEntry, key: [UInt8]? = nil, at now: UTCInstant) throws {
        try database.run(
            """
            INSERT INTO entries
                (subject, feature, period, item, step, amount, remaining, ends_at, at, "key", kind, bucket)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                subject, feature, .integer(entry.period), .text(entry.item), .integer(entry.step),
                .integer(entry.amount), .integer(entry.remaining), .integer(entry.endsAt), .integer(now.seconds),
                key.map(Bound.blob) ?? .null, .integer(entry.kind.rawValue), .integer(entry.bucket.number),
            ])
    }
}
