package import Calendar
import GRDB
import Storage

extension Ledger {
    /// How a subject stands with a feature.
    ///
    /// - Throws: `AccountError.unknownAccount`, `.suspended`; `StorageError`.
    package func usage(of subject: Subject, feature: Feature, at now: UTCInstant) throws -> FeatureUsage {
        let catalogue = try plans.catalogue(at: now)
        return try store.snapshot { database in
            try Ledger.usage(of: subject, feature, in: catalogue, at: now, database)
        }
    }

    /// The subject's entries of a feature (nil: of all), newest first, at most `limit`.
    package func entries(of subject: Subject, feature: Feature?, limit: Int) throws -> [LedgerEntry] {
        try store.snapshot { database in
            var entries: [LedgerEntry] = []
            for feature in feature.map({ [$0] }) ?? Feature.allCases {
                let periods = try database.all(
                    """
                    SELECT DISTINCT period FROM entries WHERE subject = ? AND feature = ?
                    ORDER BY period DESC LIMIT 2
                    """,
                    [.text(subject.stored), .integer(feature.stored)]
                ) { row in row.integer(0) }
                for period in Set(periods + [0]) {
                    entries += try Self.entries(of: subject, feature, period, limit, database)
                }
            }
            return Array(entries.sorted { $0.at > $1.at }.prefix(limit))
        }
    }

    /// The balance and the sums of the current period.
    static func usage(
        of subject: Subject, _ feature: Feature, in catalogue: PlanCatalogue, at now: UTCInstant, _ database: Database
    ) throws -> FeatureUsage {
        let plan = try catalogue.plan(of: subject, at: now, database)
        let allowance = plan.allowance(of: feature)
        let rows = LedgerRows(database, subject: subject, feature: feature)
        let latest = allowance.period.beginsWithFirstCharge ? try rows.latestPeriod() : nil
        let period = allowance.period.period(at: now, latest: latest)
        let meter =
            allowance.limit == nil ? Meter.empty : try rows.meter(in: period, grants: try rows.grants(at: now))
        let isNotBegun = allowance.period.beginsWithFirstCharge && period != latest
        let balance = Balance(
            limit: meter.limit(under: allowance), remaining: meter.remaining(under: allowance),
            resetsAt: isNotBegun ? nil : period.end, plan: plan.name)
        let sums = try rows.charged(in: period)
        return FeatureUsage(feature: feature, balance: balance, used: sums.used, held: sums.held)
    }

    private static func entries(
        of subject: Subject, _ feature: Feature, _ period: Int64, _ limit: Int, _ database: Database
    ) throws -> [LedgerEntry] {
        try database.all(
            """
            SELECT at, kind, item, amount FROM entries WHERE subject = ? AND feature = ? AND period = ?
            ORDER BY at DESC LIMIT ?
            """,
            [.text(subject.stored), .integer(feature.stored), .integer(period), .integer(Int64(limit))]
        ) { row in
            guard let kind = EntryKind(rawValue: row.integer(1)) else {
                throw AccountError.unreadableRow(table: "entries")
            }
            return LedgerEntry(
                at: UTCInstant(seconds: row.integer(0)), feature: feature, kind: kind, item: row.text(2),
                amount: row.integer(3))
        }
    }
}

extension LedgerRows {
    /// What was charged in a period, given back left out, and how much of it is held.
    func charged(in period: Period) throws -> (used: Int, held: Int) {
        try database.first(
            """
            SELECT total(CASE WHEN item <> '' THEN -amount ELSE 0 END),
                total(CASE kind WHEN 1 THEN 1 WHEN 2 THEN -1 WHEN 3 THEN -1 WHEN 6 THEN -1 ELSE 0 END)
            FROM entries WHERE subject = ? AND feature = ? AND period = ?
            """,
            [subject, feature, .integer(period.start.seconds)]
        ) { row in (Int(row.integer(0)), Int(row.integer(1))) } ?? (0, 0)
    }
}
