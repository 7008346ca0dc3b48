/// What an entry of the ledger records. Stored as a number; numbers are never used again for something else.
///
/// Each entry moves its amount between two accounts, so that all of them together always sum to zero: from the issuer
/// to the purse (given), from the purse to what is used or held, from what is held to what is used or back.
package enum EntryKind: Int64, Sendable, CaseIterable {
    /// What the plan gives for a period (the item is empty), or a charge (it names what was opened).
    case plain = 0
    /// A charge for work that is under way.
    case reserve = 1
    /// The work was delivered: held becomes used. Its amount is 0: the purse was charged by the reserve.
    case commit = 2
    /// The work failed: its charge is given back.
    case refund = 3
    /// What an administrator gave beyond the plan.
    case grant = 4
    /// An administrator's correction of a period's balance, up or down.
    case correction = 5
    /// The hold expired: its charge is given back.
    case expiry = 6

    /// As the contract names it.
    package func name(item: String) -> String {
        switch self {
        case .plain: item.isEmpty ? "give" : "charge"
        case .reserve: "reserve"
        case .commit: "commit"
        case .refund, .expiry: "refund"
        case .grant: "grant"
        case .correction: "correction"
        }
    }
}
