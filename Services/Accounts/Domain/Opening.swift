/// The answer to an act of opening.
package struct Opening: Sendable, Equatable {
    /// Whether it was counted.
    package enum Outcome: Sendable, Equatable {
        /// Counted now.
        case granted
        /// Opened before in the same period: free.
        case `repeat`
        case refused(Refusal)
    }

    /// Why nothing was opened.
    package enum Refusal: String, Sendable {
        /// The plan's allowance of this period is used up.
        case limit
        /// The network's guest grants of this day are used up.
        case networkCeiling = "network_ceiling"
    }

    package let outcome: Outcome
    /// The balance after the charge.
    package let balance: Balance

    /// An outcome with the balance after it.
    package init(_ outcome: Outcome, balance: Balance) {
        self.outcome = outcome
        self.balance = balance
    }
}
