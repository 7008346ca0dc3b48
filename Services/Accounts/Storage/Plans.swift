package import Calendar
import GRDB
package import Storage
import Synchronization

/// The plans, read from the store and kept in memory; a version that an operator adds is seen within a minute.
package final class Plans: Sendable {
    /// Seconds between two readings.
    static let refreshInterval: Int64 = 60

    private struct Reading: Sendable {
        let catalogue: PlanCatalogue
        let at: UTCInstant
    }

    private let store: Store
    private let reading = Mutex<Reading?>(nil)

    /// The plans in `store`.
    package init(_ store: Store) {
        self.store = store
    }

    /// All versions of all plans.
    ///
    /// - Complexity: a copy from memory, but once a minute a read of a few rows.
    package func catalogue(at now: UTCInstant) throws -> PlanCatalogue {
        if let kept = reading.withLock({ $0 }), abs(now.seconds - kept.at.seconds) < Self.refreshInterval {
            return kept.catalogue
        }
        let fresh = Reading(catalogue: try store.snapshot(Self.read), at: now)
        reading.withLock { $0 = fresh }
        return fresh.catalogue
    }

    private static func read(_ database: Database) throws -> PlanCatalogue {
        var allowances: [String: [Allowance]] = [:]
        let rows = try database.all(#"SELECT plan, effective_date, feature, "limit", period FROM allowances"#) { row in
            guard let feature = Feature(rawValue: row.text(2)), let period = PeriodKind(rawValue: row.text(4)) else {
                throw AccountError.unreadableRow(table: "allowances")
            }
            let limit = row.isNull(3) ? nil : Int(row.integer(3))
            return (row.text(0) + row.text(1), Allowance(feature: feature, limit: limit, period: period))
        }
        for (version, allowance) in rows { allowances[version, default: []].append(allowance) }
        return PlanCatalogue(
            try database.all("SELECT plan, effective_date, open_blocks FROM plan_versions") { row in
                guard let effective = CalendarDate(row.text(1)) else {
                    throw AccountError.unreadableRow(table: "plan_versions")
                }
                return PlanVersion(
                    name: PlanName(row.text(0)), effective: effective,
                    allowances: allowances[row.text(0) + row.text(1)] ?? [],
                    openBlocks: row.text(2).split(separator: ",").map(String.init))
            })
    }
}
