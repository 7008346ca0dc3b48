package import Calendar
import GRDB
package import Storage

/// The metering ledger: append-only entries, `balance = sum(entries)`, grant and count in one atomic act.
package struct Ledger: Sendable {
    let store: Store
    let plans: Plans
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
    /// - Throws: `IdempotencyConflict`; `AccountError.unknownAccount`, `.suspended`; `StorageError`.
    package func open(_ order: OpenOrder, at now: UTCInstant) async throws -> Opening {
        try await perform(order, hold: nil, at: now).opening
    }

    /// Charges one item for work that is under way, for at most `seconds`.
    ///
    /// - Throws: the same.
    package func reserve(_ order: OpenOrder, for seconds: Int64, at now: UTCInstant) async throws -> Reservation {
        try await perform(order, hold: seconds, at: now)
    }

    /// Keeps the charge of a hold, or gives it back.
    ///
    /// - Throws: `HoldError`; `StorageError`.
    /// - Returns: the balance after it.
    package func close(_ id: HoldID, _ closing: Hold.Closing, at now: UTCInstant) async throws -> Balance {
        let catalogue = try plans.catalogue(at: now)
        return try await store.writer.write { database in
            let rows = HoldRows(database)
            guard let found = try rows.hold(id) else { throw HoldError.unknown }
            if case .enter(let kind, let state) = try found.hold.close(closing, at: now) {
                try rows.close(found, as: kind, state, at: now)
            }
            guard let subject = Subject(stored: found.subject), let feature = Feature(stored: found.feature) else {
                throw AccountError.unreadableRow(table: "holds")
            }
            return try Ledger.usage(of: subject, feature, in: catalogue, at: now, database).balance
        }
    }

    /// Gives back the charges of up to `limit` holds that are over; how many there were.
    package func sweep(at now: UTCInstant, limit: Int) async throws -> Int {
        let over = try store.read { database in try HoldRows(database).expired(at: now, limit: limit) }
        guard !over.isEmpty else { return 0 }
        return try await store.writer.write { database in
            let rows = HoldRows(database)
            var closed = 0
            for id in over {
                guard let found = try rows.hold(id),
                    case .enter(let kind, let state) = try found.hold.close(.expiry, at: now)
                else { continue }
                try rows.close(found, as: kind, state, at: now)
                closed += 1
            }
            return closed
        }
    }

    /// Forgets holds that were closed before a moment.
    package func forgetClosedHolds(before moment: UTCInstant) async throws {
        try await store.writer.write { database in try HoldRows(database).forgetClosed(before: moment) }
    }

    /// What is left, without charging.
    ///
    /// - Throws: `AccountError.unknownAccount`; `StorageError`.
    package func balance(of subject: Subject, feature: Feature, at now: UTCInstant) throws -> Balance {
        try usage(of: subject, feature: feature, at: now).balance
    }

    private func perform(_ order: OpenOrder, hold: Int64?, at now: UTCInstant) async throws -> Reservation {
        let act = LedgerAct(
            order: order, hold: hold, catalogue: try plans.catalogue(at: now), networkCeiling: networkCeiling, now: now)
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
}
