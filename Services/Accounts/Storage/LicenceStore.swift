package import Calendar
import GRDB
package import Storage

/// Licences for code sets, the terms that their readers accept, and the counts that are owed for them.
package struct LicenceStore: Sendable {
    let store: Store

    /// The licences in `store`.
    package init(_ store: Store) {
        self.store = store
    }

    /// The licence to go by on a day, the seats taken in its year and the version of the terms.
    package func licence(
        for system: String, on date: CalendarDate
    ) throws -> (licence: Licence?, seatsUsed: Int, terms: String?) {
        try store.snapshot { database in
            let rows = LicenceRows(database)
            return (
                Licence.inForce(of: try rows.licences(of: system), on: date),
                try rows.seatsUsed(of: system, in: date.year), try rows.terms(of: system)?.version
            )
        }
    }

    /// Whether an account has accepted a version of the terms.
    package func hasAccepted(_ account: AccountID, _ version: String, of system: String) throws -> Bool {
        try store.read { database in try LicenceRows(database).hasAccepted(account, version, of: system) }
    }

    /// Decides whether an account may be shown a text, and counts it when it may.
    ///
    /// What was counted before is answered from a read in place.
    ///
    /// - Throws: `AccountError.unknownAccount`; `StorageError`.
    package func use(
        _ system: String, item: String, year: Int64? = nil, by account: AccountID, at now: UTCInstant
    ) async throws -> (verdict: LicenceUse.Verdict, terms: String?) {
        let seen = try store.snapshot { database in
            guard try AccountRows(database).account(account) != nil else { throw AccountError.unknownAccount }
            return try LicenceRows(database).use(of: system, item: item, by: account, on: now.date)
        }
        let verdict = seen.verdict(on: now.date, year: year)
        guard verdict == .allowed, seen.needsCounting else { return (verdict, seen.terms) }
        return try await store.writer.write { database in
            let rows = LicenceRows(database)
            // Again, in the writer: of two readers on the last seat one gets it.
            let use = try rows.use(of: system, item: item, by: account, on: now.date)
            let verdict = use.verdict(on: now.date, year: year)
            if verdict == .allowed, let licence = use.licence {
                try rows.count(licence, item: item, by: account, of: use.organisation, at: now)
            }
            return (verdict, use.terms)
        }
    }

    /// Forgets what was shown on earlier days.
    package func forgetTexts(before date: CalendarDate) async throws {
        try await store.writer.write { database in try LicenceRows(database).forgetTexts(before: date) }
    }
}
