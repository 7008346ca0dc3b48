package import Calendar

/// One entry of the ledger, as its subject is shown it.
package struct LedgerEntry: Sendable, Equatable {
    package let at: UTCInstant
    package let feature: Feature
    package let kind: EntryKind
    /// What was opened; empty for what was given.
    package let item: String
    /// What it changed of the balance.
    package let amount: Int64

    /// An entry as it is stored.
    package init(at: UTCInstant, feature: Feature, kind: EntryKind, item: String, amount: Int64) {
        self.at = at
        self.feature = feature
        self.kind = kind
        self.item = item
        self.amount = amount
    }
}
