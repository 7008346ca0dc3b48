/// A row of the ledger that is about to be entered.
struct NewEntry {
    /// When its period starts; 0 for a grant beyond the plan.
    let period: Int64
    /// What was opened; empty for what was given.
    let item: String
    /// Its number among the entries of the item in the period.
    let step: Int64
    /// What it changes of its bucket.
    let amount: Int64
    /// What is left in all purses after it; -1 without limit.
    let remaining: Int64
    let endsAt: Int64
    let kind: EntryKind
    let bucket: Bucket
}
