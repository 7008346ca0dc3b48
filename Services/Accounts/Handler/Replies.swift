import Calendar
import Contracts

// The contract's words for the domain's values.

extension AccountsAPI.Account {
    init(_ account: Account, plan: PlanVersion) {
        self.init(
            id: account.id.text, email: account.email, plan: plan.name.text,
            emailVerified: account.isEmailVerified, createdAt: account.createdAt.rfc3339,
            openBlocks: plan.openBlocks, roles: account.roles.map(\.rawValue), secondFactor: account.hasSecondFactor,
            displayName: account.displayName)
    }
}

extension AccountsAPI.Balance {
    init(_ balance: Balance) {
        self.init(
            limit: balance.limit.map(UInt32.init(clamping:)) ?? 0,
            remaining: balance.remaining.map(UInt32.init(clamping:)) ?? 0, unlimited: balance.limit == nil,
            resetsAt: balance.resetsAt?.rfc3339 ?? "", plan: balance.plan.text)
    }
}

extension AccountsAPI.OpenReply {
    init(_ opening: Opening) {
        let balance = AccountsAPI.Balance(opening.balance)
        switch opening.outcome {
        case .granted: self.init(outcome: .granted, balance: balance)
        case .repeat: self.init(outcome: .repeat, balance: balance)
        case .refused(let refusal): self.init(outcome: .refused, balance: balance, reason: refusal.rawValue)
        }
    }
}

extension AccountsAPI.Plan {
    init(_ version: PlanVersion) {
        self.init(
            plan: version.name.text, effectiveDate: version.effective.description,
            allowances: version.allowances.map(AccountsAPI.Allowance.init), openBlocks: version.openBlocks)
    }
}

extension AccountsAPI.Allowance {
    init(_ allowance: Allowance) {
        self.init(
            feature: allowance.feature.rawValue, limit: allowance.limit.map(UInt32.init(clamping:)) ?? 0,
            unlimited: allowance.limit == nil, period: allowance.period.rawValue)
    }
}

extension AccountsAPI.ReserveReply {
    init(_ reservation: Reservation) {
        let opening = AccountsAPI.OpenReply(reservation.opening)
        self.init(
            outcome: opening.outcome, balance: opening.balance, reason: opening.reason,
            hold: reservation.hold?.text ?? "", expiresAt: reservation.expiresAt?.rfc3339 ?? "")
    }
}

extension AccountsAPI.FeatureUsage {
    init(_ usage: FeatureUsage) {
        self.init(
            feature: usage.feature.rawValue, balance: AccountsAPI.Balance(usage.balance),
            used: UInt32(clamping: usage.used), held: UInt32(clamping: usage.held))
    }
}

extension AccountsAPI.UsageEntry {
    init(_ entry: LedgerEntry) {
        self.init(
            at: entry.at.rfc3339, feature: entry.feature.rawValue, kind: entry.kind.name(item: entry.item),
            item: entry.item, amount: Int32(clamping: entry.amount))
    }
}
