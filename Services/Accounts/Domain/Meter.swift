package import Calendar

/// What the ledger holds for one subject, feature and period.
package struct Meter: Sendable, Equatable {
    /// The sum of what the plan gave in the period.
    package let allotted: Int
    /// What is left of it: the sum of the plan's bucket.
    package let balance: Int
    /// Charged in the period from purses that have a limit, less what was given back.
    package let used: Int
    /// The grants beyond the plan that are worth something.
    package let grants: [Purse]

    /// All are sums over entries of the ledger.
    package init(allotted: Int, balance: Int, used: Int, grants: [Purse] = []) {
        self.allotted = allotted
        self.balance = balance
        self.used = used
        self.grants = grants
    }

    /// A period without entries.
    package static let empty = Meter(allotted: 0, balance: 0, used: 0)

    /// What must be given before a charge, so that the period holds what the plan gives. What was given once stays, so
    /// a smaller plan takes nothing away within a period, and a larger one adds the difference.
    package func topUp(to allowance: Allowance) -> Int {
        guard let limit = allowance.limit else { return 0 }
        return max(0, limit - allotted)
    }

    /// What a charge at `now` would do.
    package func charge(under allowance: Allowance, in period: Period, at now: UTCInstant) -> Charge {
        guard allowance.limit != nil else { return .grant(bucket: .unlimited, topUp: 0, remaining: nil) }
        let topUp = topUp(to: allowance)
        let plan = Purse(
            bucket: .plan, priority: Purse.planPriority, expiresAt: period.end, givenAt: period.start,
            balance: balance + topUp)
        guard let purse = Purse.next(of: [plan] + grants, at: now) else { return .refuse }
        return .grant(
            bucket: purse.bucket, topUp: purse.bucket == .plan ? topUp : 0,
            remaining: (remaining(under: allowance) ?? 1) - 1)
    }

    /// What is left; nil without limit.
    package func remaining(under allowance: Allowance) -> Int? {
        guard allowance.limit != nil else { return nil }
        return max(0, balance + topUp(to: allowance)) + grants.reduce(0) { $0 + max(0, $1.balance) }
    }

    /// What one may use in the whole period, what was used included; nil without limit.
    package func limit(under allowance: Allowance) -> Int? {
        remaining(under: allowance).map { $0 + used }
    }
}
