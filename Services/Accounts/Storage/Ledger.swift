import GRDB
package import Storage

/// The metering ledger: append-only entries, `balance = sum(entries)`, grant and count in one atomic act.
package struct Ledger: Sendable {
    private let store: Store
    private let plans: Plans
    private let networkCeiling: Int

    /// - Parameter networkCeiling: guest grants that one network may have in a day.
    package init(_ store: Store, plans: Plans, networkCeiling: Int) {
        self.store = store
        self.plans = plans
        self.networkCeiling = networkCeiling
    }

    /// Opens one item for a subject, on the disk when it returns.
    ///
    /// Repeats and refusals are answered from a read in place; only a grant waits for the disk.
    ///
    /// - Throws: `IdempotencyConflict`; `AccountError.unknownAccount`; `StorageError`.
    package func open(_ order: OpenOrder, at now: UTCInstant) async throws -> Opening {
        let act = LedgerAct(
            order: order, catalogue: try plans.catalogue(at: now), networkCeiling: networkCeiling, now: now)
        // From one commit: between two statements of a bare read another act may be committed, and what was neither
        // granted nor known by its key a moment ago would be refused for being used up.
        if let answer = try store.snapshot({ database in try act.perform(in: database, charging: false) }) {
            return answer
        }
        return try await store.writer.write { database in
            guard let answer = try act.perform(in: database, charging: true) else {
                preconditionFailure("an act that charges always has an answer")
            }
            return answer
        }
    }

    /// What is left, without charging.
    ///
    /// - Throws: `AccountError.unknownAccount`; `StorageError`.
    package func balance(of subject: Subject, feature: Feature, at now: UTCInstant) throws -> Balance {
        let catalogue = try plans.catalogue(at: now)
        return try store.snapshot { database in
            let plan = try LedgerAct.plan(of: subject, in: catalogue, at: now, database)
            let allowance = plan.allowance(of: feature)
            let rows = LedgerRows(database, subject: subject, feature: feature)
            let latest = allowance.period.beginsWithFirstCharge ? try rows.latestPeriod() : nil
            let period = allowance.period.period(at: now, latest: latest)
            let meter = allowance.limit == nil ? Meter.empty : try rows.meter(in: period)
            let isNotBegun = allowance.period.beginsWithFirstCharge && period != latest
            return Balance(
                limit: meter.limit(under: allowance), remaining: meter.remaining(under: allowance),
                resetsAt: isNotBegun ? nil : period.end, plan: plan.name)
        }
    }
}
