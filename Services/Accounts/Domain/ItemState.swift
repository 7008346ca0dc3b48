/// How one item stands in a period: what its last entry says.
package enum ItemState: Sendable, Equatable {
    /// Never opened.
    case unopened
    /// Charged and kept: opening it again is free.
    case opened
    /// Charged by the entry of this step, for work that is under way.
    case held(step: Int64)
    /// Its charge was given back by the entry of this step: it is charged anew.
    case givenBack(step: Int64)

    /// What the last entry of an item says.
    package init(kind: EntryKind, step: Int64) {
        switch kind {
        case .plain, .commit, .grant, .correction: self = .opened
        case .reserve: self = .held(step: step)
        case .refund, .expiry: self = .givenBack(step: step)
        }
    }

    /// The step of the next charge; nil when it is charged already.
    package var nextStep: Int64? {
        switch self {
        case .unopened: 0
        case .givenBack(let step): step + 1
        case .opened, .held: nil
        }
    }
}
