/// How a subject stands with one feature in the current period.
package struct FeatureUsage: Sendable, Equatable {
    package let feature: Feature
    package let balance: Balance
    /// Charged in the period, holds included, whatever the plan.
    package let used: Int
    /// Held now.
    package let held: Int

    /// Sums over the ledger's entries.
    package init(feature: Feature, balance: Balance, used: Int, held: Int) {
        self.feature = feature
        self.balance = balance
        self.used = used
        self.held = held
    }
}
