/// What the ledger holds for one subject, feature and period.
package struct Meter: Sendable, Equatable {
    /// The sum of what was given.
    package let allotted: Int
    /// The sum of all entries: what was given less what was used.
    package let balance: Int

    /// Both are sums over entries of the ledger.
    package init(allotted: Int, balance: Int) {
        self.allotted = allotted
        self.balance = balance
    }

    /// A period without entries.
    package static let empty = Meter(allotted: 0, balance: 0)

    /// What must be given before a charge, so that the period holds what the plan gives. What was given once stays, so
    /// a smaller plan takes nothing away within a period, and a larger one adds the difference.
    package func topUp(to allowance: Allowance) -> Int {
        guard let limit = allowance.limit else { return 0 }
        return max(0, limit - allotted)
    }

    /// What a charge would do.
    package func charge(under allowance: Allowance) -> Charge {
        guard allowance.limit != nil else { return .grant(topUp: 0, remaining: nil) }
        let topUp = topUp(to: allowance)
        let available = balance + topUp
        return available > 0 ? .grant(topUp: topUp, remaining: available - 1) : .refuse
    }

    /// What is left; nil without limit.
    package func remaining(under allowance: Allowance) -> Int? {
        allowance.limit == nil ? nil : max(0, balance + topUp(to: allowance))
    }

    /// What one may use in the whole period; nil without limit.
    package func limit(under allowance: Allowance) -> Int? {
        allowance.limit.map { max($0, allotted) }
    }
}
