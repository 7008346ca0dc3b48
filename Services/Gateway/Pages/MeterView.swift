import Contracts

/// The meter line: what is left after this page.
struct MeterView: Sendable {
    let text: String
    let remaining: String
    let limit: String
    let isGuest: Bool
    /// One for each view of a small allowance.
    let pips: [Pip]
    let hasPips: Bool

    struct Pip: Sendable {
        let isLeft: Bool
    }

    /// More would be a row to count instead of a look.
    private static let mostPips: UInt32 = 12

    /// - Parameter freeAllowance: the code pages that a free account has in a month; nil when nobody needs to know.
    init(_ balance: AccountsAPI.Balance, isGuest: Bool, freeAllowance: UInt32?) {
        self.isGuest = isGuest
        let shown = !balance.unlimited && balance.limit > 1 && balance.limit <= Self.mostPips
        pips = shown ? (0..<balance.limit).map { Pip(isLeft: $0 < balance.remaining) } : []
        hasPips = shown
        if balance.unlimited {
            text = "Unlimited code page views."
            remaining = "unlimited"
            limit = "unlimited"
            return
        }
        remaining = "\(balance.remaining)"
        limit = "\(balance.limit)"
        let left = "\(balance.remaining) code page \(Self.views(balance.remaining)) remaining."
        if isGuest {
            let more = freeAllowance.map { " Register free account to get \($0) more \(Self.views($0))." } ?? ""
            text = "\(left) Guest accounts are limited to \(balance.limit) page \(Self.views(balance.limit)).\(more)"
        } else {
            let resets = UTCInstant(balance.resetsAt).map { " The meter resets on \($0.words)." } ?? ""
            let plan = balance.plan.prefix(1).uppercased() + balance.plan.dropFirst()
            text =
                "\(left) \(plan) accounts are limited to \(balance.limit) page \(Self.views(balance.limit)) a month.\(resets)"
        }
    }

    private static func views(_ count: UInt32) -> String { count == 1 ? "view" : "views" }
}
