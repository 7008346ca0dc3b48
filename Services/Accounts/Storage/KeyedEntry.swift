import Calendar

/// What was entered under an idempotency key.
struct KeyedEntry {
    let feature: Int64
    let item: String
    let kind: EntryKind
    let period: Int64
    let step: Int64
    /// -1 without limit.
    let remaining: Int64
    let endsAt: UTCInstant

    /// Whether the key was given for this very request. The entry holds the whole of it, so that it is compared itself
    /// and no hash of it.
    func matches(_ order: OpenOrder, reserving: Bool) -> Bool {
        feature == order.feature.stored && item == order.item.text && kind == (reserving ? .reserve : .plain)
    }
}
