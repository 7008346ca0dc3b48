import Calendar
import GRDB
import Storage

/// One act of opening or reserving, on one connection: the rules of `Domain` over the rows of the ledger.
struct LedgerAct {
    let order: OpenOrder
    /// How long the charge is held; nil: it is kept at once.
    let hold: Int64?
    let catalogue: PlanCatalogue
    let networkCeiling: Int
    let now: UTCInstant

    /// The answer, with its charge entered; nil when it needs a charge and `charging` is false.
    ///
    /// Without charging it only reads, from a snapshot, and what it then answers (repeats, refusals, repeated calls)
    /// held at a moment during the call.
    func perform(in database: Database, charging: Bool) throws -> Reservation? {
        let plan = try catalogue.plan(of: order.subject, at: now, database)
        let allowance = plan.allowance(of: order.feature)
        let rows = LedgerRows(database, subject: order.subject, feature: order.feature)
        let kind = allowance.period
        let latest = kind.beginsWithFirstCharge ? try rows.latestPeriod() : nil
        // Nearly every guest: without a period there is no entry to be looked for either.
        let isUntouched = kind.beginsWithFirstCharge && latest == nil
        let period = kind.period(at: now, latest: latest)
        if let key = order.key, let entry = try rows.entry(under: key) {
            guard entry.matches(order, reserving: hold != nil) else { throw IdempotencyConflict() }
            return try replay(entry, rows, allowance, plan)
        }
        let state = isUntouched ? .unopened : try rows.state(of: order.item, in: period)
        guard let step = state.nextStep, try !isCarried(rows) else {
            let balance = try self.balance(rows, allowance, period, plan)
            return try shared(Opening(.repeat, balance: balance), state, rows, period)
        }
        let meter = try meter(rows, allowance, period, isUntouched: isUntouched)
        guard case .grant(let bucket, let topUp, let remaining) = meter.charge(under: allowance, in: period, at: now)
        else { return refused(.limit, balance(meter, allowance, period.end, plan)) }
        let networkDays = NetworkDays(database, on: now.date)
        if let network = countedNetwork, try networkDays.grants(network) >= networkCeiling {
            let tomorrow = UTCInstant(startOf: now.date.next)
            return refused(.networkCeiling, balance(meter, allowance, tomorrow, plan))
        }
        guard charging else { return nil }
        if topUp > 0 {
            let step = isUntouched ? 0 : try rows.nextGiving(in: period)
            try rows.give(topUp, step: step, kind: .plain, balance: (remaining ?? 0) + 1, in: period, at: now)
        }
        let entry = NewEntry(
            period: period.start.seconds, item: order.item.text, step: step, amount: -1,
            remaining: remaining.map(Int64.init) ?? -1, endsAt: period.end.seconds,
            kind: hold == nil ? .plain : .reserve, bucket: bucket)
        try rows.enter(entry, key: order.key, at: now)
        if let network = countedNetwork { try networkDays.count(network) }
        let left = Balance(
            limit: meter.limit(under: allowance), remaining: remaining, resetsAt: period.end, plan: plan.name)
        return try held(Opening(.granted, balance: left), entry, database)
    }

    /// The ledger's sums for a period; without limit none are needed.
    private func meter(
        _ rows: LedgerRows, _ allowance: Allowance, _ period: Period, isUntouched: Bool = false
    ) throws -> Meter {
        guard allowance.limit != nil else { return .empty }
        // Grants are an account's: guests, by far the most of the subjects, are spared the question.
        guard case .account = order.subject else {
            return isUntouched ? .empty : try rows.meter(in: period, grants: [])
        }
        return try rows.meter(in: period, grants: try rows.grants(at: now))
    }

    private func held(_ opening: Opening, _ entry: NewEntry, _ database: Database) throws -> Reservation {
        guard let hold else { return Reservation(opening, hold: nil, expiresAt: nil) }
        let id = HoldID(subject: order.subject, feature: order.feature, entry.period, entry.item, entry.step)
        let expiry = now.adding(seconds: hold)
        try HoldRows(database).insert(
            id, subject: order.subject, feature: order.feature, entry: entry, expiresAt: expiry)
        return Reservation(opening, hold: id, expiresAt: expiry)
    }

    /// A repeat of an item that is held shares its hold: whoever delivers commits it.
    private func shared(
        _ opening: Opening, _ state: ItemState, _ rows: LedgerRows, _ period: Period
    ) throws -> Reservation {
        guard hold != nil, case .held(let step) = state else { return Reservation(opening, hold: nil, expiresAt: nil) }
        let id = HoldID(subject: order.subject, feature: order.feature, period.start.seconds, order.item.text, step)
        return Reservation(opening, hold: id, expiresAt: try HoldRows(rows.database).hold(id)?.hold.expiresAt)
    }

    private func refused(_ refusal: Opening.Refusal, _ balance: Balance) -> Reservation {
        Reservation(Opening(.refused(refusal), balance: balance), hold: nil, expiresAt: nil)
    }

    private func isCarried(_ rows: LedgerRows) throws -> Bool {
        guard case .account = order.subject else { return false }
        return try rows.isCarried(order.item, at: now)
    }

    private var countedNetwork: NetworkPrefix? {
        guard case .guest = order.subject else { return nil }
        return order.network
    }

    private func balance(
        _ rows: LedgerRows, _ allowance: Allowance, _ period: Period, _ plan: PlanVersion
    ) throws -> Balance {
        balance(try meter(rows, allowance, period), allowance, period.end, plan)
    }

    private func balance(
        _ meter: Meter, _ allowance: Allowance, _ resetsAt: UTCInstant, _ plan: PlanVersion
    ) -> Balance {
        Balance(
            limit: meter.limit(under: allowance), remaining: meter.remaining(under: allowance), resetsAt: resetsAt,
            plan: plan.name)
    }

    private func replay(
        _ entry: KeyedEntry, _ rows: LedgerRows, _ allowance: Allowance, _ plan: PlanVersion
    ) throws -> Reservation {
        let period = Period(start: UTCInstant(seconds: entry.period), end: entry.endsAt)
        let limit = entry.remaining < 0 ? nil : try meter(rows, allowance, period).limit(under: allowance)
        let balance = Balance(
            limit: limit, remaining: entry.remaining < 0 ? nil : Int(entry.remaining), resetsAt: entry.endsAt,
            plan: plan.name)
        let opening = Opening(.granted, balance: balance)
        guard hold != nil else { return Reservation(opening, hold: nil, expiresAt: nil) }
        let id = HoldID(subject: order.subject, feature: order.feature, entry.period, entry.item, entry.step)
        return Reservation(opening, hold: id, expiresAt: try HoldRows(rows.database).hold(id)?.hold.expiresAt)
    }
}
