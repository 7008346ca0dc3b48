package import Calendar
import GRDB
import Storage

extension Ledger {
    /// Gives a subject something beyond its plan: an entry with its reason.
    ///
    /// - Parameters:
    ///   - key: makes a repeat of the same call do nothing; nil: none.
    ///   - actor: who gives it, as the audit log names people.
    /// - Throws: `IdempotencyConflict`; `AccountError.unknownAccount`; `StorageError`.
    /// - Returns: the balance after it.
    package func give(_ grant: Grant, key: [UInt8]?, by actor: String, at now: UTCInstant) async throws -> Balance {
        let catalogue = try plans.catalogue(at: now)
        return try await store.writer.write { database in
            let rows = LedgerRows(database, subject: grant.subject, feature: grant.feature)
            let before = try Ledger.usage(of: grant.subject, grant.feature, in: catalogue, at: now, database)
            if let key, let entry = try rows.entry(under: key) {
                guard entry.kind == .grant, try Ledger.isSame(grant, entry, database) else {
                    throw IdempotencyConflict()
                }
                return before.balance
            }
            let number = try Ledger.insert(grant, by: actor, at: now, database)
            try rows.enter(
                NewEntry(
                    period: 0, item: "", step: number, amount: Int64(grant.amount),
                    remaining: Int64((before.balance.remaining ?? 0) + grant.amount),
                    endsAt: grant.expiresAt.seconds, kind: .grant, bucket: .grant(number)), key: key, at: now)
            try AuditRows(database).enter(
                AuditEntry(
                    at: now, actor: actor, act: .grant, target: grant.subject.stored,
                    detail: "\(grant.feature.rawValue) +\(grant.amount) until \(grant.expiresAt.date): \(grant.reason)")
            )
            return try Ledger.usage(of: grant.subject, grant.feature, in: catalogue, at: now, database).balance
        }
    }

    /// Corrects what is left of the plan's allowance in the current period, up or down: an entry with its reason.
    ///
    /// - Throws: `InvalidField` when more would be taken than is left; `AccountError.unknownAccount`; `StorageError`.
    /// - Returns: the balance after it.
    package func correct(
        _ subject: Subject, _ feature: Feature, by amount: Int, reason: String, actor: String, at now: UTCInstant
    ) async throws -> Balance {
        let catalogue = try plans.catalogue(at: now)
        return try await store.writer.write { database in
            let plan = try catalogue.plan(of: subject, at: now, database)
            let allowance = plan.allowance(of: feature)
            let rows = LedgerRows(database, subject: subject, feature: feature)
            let latest = allowance.period.beginsWithFirstCharge ? try rows.latestPeriod() : nil
            let period = allowance.period.period(at: now, latest: latest)
            let meter = try rows.meter(in: period, grants: [])
            let topUp = meter.topUp(to: allowance)
            guard allowance.limit != nil else {
                throw InvalidField("feature", "the plan has no limit on it: there is nothing to correct")
            }
            guard meter.balance + topUp + amount >= 0 else {
                throw InvalidField("amount", "only \(meter.balance + topUp) are left to take away")
            }
            var step = try rows.nextGiving(in: period)
            if topUp > 0 {
                try rows.give(topUp, step: step, kind: .plain, balance: meter.balance + topUp, in: period, at: now)
                step += 1
            }
            try rows.give(
                amount, step: step, kind: .correction, balance: meter.balance + topUp + amount, in: period, at: now)
            try AuditRows(database).enter(
                AuditEntry(
                    at: now, actor: actor, act: .correction, target: subject.stored,
                    detail: "\(feature.rawValue) \(amount): \(reason)"))
            return try Ledger.usage(of: subject, feature, in: catalogue, at: now, database).balance
        }
    }

    private static func insert(
        _ grant: Grant, by actor: String, at now: UTCInstant, _ database: Database
    ) throws -> Int64 {
        try database.run(
            """
            INSERT INTO grants (subject, feature, amount, priority, expires_at, granted_at, reason, granted_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(grant.subject.stored), .integer(grant.feature.stored), .integer(Int64(grant.amount)),
                .integer(grant.priority), .integer(grant.expiresAt.seconds), .integer(now.seconds),
                .text(grant.reason), .text(actor),
            ])
        return database.lastInsertedRowID
    }

    /// Whether a grant that was entered before is the one that is asked for: all of it is compared.
    private static func isSame(_ grant: Grant, _ entry: KeyedEntry, _ database: Database) throws -> Bool {
        try database.first(
            """
            SELECT 1 FROM grants WHERE id = ? AND subject = ? AND feature = ? AND amount = ? AND priority = ?
                AND expires_at = ? AND reason = ?
            """,
            [
                .integer(entry.step), .text(grant.subject.stored), .integer(grant.feature.stored),
                .integer(Int64(grant.amount)), .integer(grant.priority), .integer(grant.expiresAt.seconds),
                .text(grant.reason),
            ]
        ) { _ in true } ?? false
    }
}
