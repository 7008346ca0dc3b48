import GRDB
import Storage

/// One act of opening, on one connection: the rules of `Domain` over the rows of the ledger.
struct LedgerAct {
    let order: OpenOrder
    let catalogue: PlanCatalogue
    let networkCeiling: Int
    let now: UTCInstant

    /// The answer, with its charge entered; nil when it needs a charge and `charging` is false.
    ///
    /// Without charging it only reads, from a snapshot, and what it then answers (repeats, refusals, repeated calls)
    /// held at a moment during the call: grants are never taken back within their period, and nothing is given back.
    func perform(in database: Database, charging: Bool) throws -> Opening? {
        let plan = try LedgerAct.plan(of: order.subject, in: catalogue, at: now, database)
        let allowance = plan.allowance(of: order.feature)
        let rows = LedgerRows(database, subject: order.subject, feature: order.feature)
        let kind = allowance.period
        let period = kind.period(at: now, latest: kind.beginsWithFirstCharge ? try rows.latestPeriod() : nil)
        if let key = order.key, let entry = try rows.entry(under: key) {
            guard entry.matches(order) else { throw IdempotencyConflict() }
            return Opening(.granted, balance: replayed(entry, allowance, plan))
        }
        if try isFree(rows, in: period) {
            return Opening(.repeat, balance: try balance(rows, allowance, period, plan))
        }
        let meter = allowance.limit == nil ? Meter.empty : try rows.meter(in: period)
        guard case .grant(let topUp, let remaining) = meter.charge(under: allowance) else {
            return Opening(.refused(.limit), balance: balance(meter, allowance, period, plan))
        }
        let networkDays = NetworkDays(database, on: now.date)
        if let network = countedNetwork, try networkDays.grants(network) >= networkCeiling {
            return Opening(.refused(.networkCeiling), balance: ceilingBalance(meter, allowance, plan))
        }
        guard charging else { return nil }
        if topUp > 0 { try rows.give(topUp, balance: meter.balance + topUp, in: period, at: now) }
        try rows.charge(order.item, remaining: remaining, key: order.key, in: period, at: now)
        if let network = countedNetwork { try networkDays.count(network) }
        let limit = meter.limit(under: allowance)
        return Opening(
            .granted, balance: Balance(limit: limit, remaining: remaining, resetsAt: period.end, plan: plan.name))
    }

    /// The plan of a subject on this day.
    static func plan(
        of subject: Subject, in catalogue: PlanCatalogue, at now: UTCInstant, _ database: Database
    ) throws -> PlanVersion {
        let name: PlanName
        switch subject {
        case .guest:
            name = .guest
        case .account(let id):
            let found = try database.first("SELECT plan FROM accounts WHERE id = ?", [.text(id.text)]) { $0.text(0) }
            guard let found else { throw AccountError.unknownAccount }
            name = PlanName(found)
        }
        guard let version = catalogue.version(of: name, on: now.date) else { throw AccountError.unknownPlan(name) }
        return version
    }

    private func isFree(_ rows: LedgerRows, in period: Period) throws -> Bool {
        if try rows.isGranted(order.item, in: period) { return true }
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
        balance(allowance.limit == nil ? .empty : try rows.meter(in: period), allowance, period, plan)
    }

    private func balance(_ meter: Meter, _ allowance: Allowance, _ period: Period, _ plan: PlanVersion) -> Balance {
        Balance(
            limit: meter.limit(under: allowance), remaining: meter.remaining(under: allowance), resetsAt: period.end,
            plan: plan.name)
    }

    private func ceilingBalance(_ meter: Meter, _ allowance: Allowance, _ plan: PlanVersion) -> Balance {
        Balance(
            limit: meter.limit(under: allowance), remaining: meter.remaining(under: allowance),
            resetsAt: UTCInstant(startOf: now.date.next), plan: plan.name)
    }

    private func replayed(_ entry: KeyedEntry, _ allowance: Allowance, _ plan: PlanVersion) -> Balance {
        Balance(
            limit: entry.remaining < 0 ? nil : allowance.limit,
            remaining: entry.remaining < 0 ? nil : Int(entry.remaining), resetsAt: entry.endsAt, plan: plan.name)
    }
}
