/// Which purse of a subject an entry belongs to.
package enum Bucket: Sendable, Equatable, Hashable {
    /// None: the plan has no limit.
    case unlimited
    /// What the plan gives for the entry's period.
    case plan
    /// A grant beyond the plan, by its number from 1.
    case grant(Int64)

    /// As it is stored: -1, 0, or the grant's number.
    package var number: Int64 {
        switch self {
        case .unlimited: -1
        case .plan: 0
        case .grant(let number): number
        }
    }

    /// The bucket of a stored number.
    package init(number: Int64) {
        self = number < 0 ? .unlimited : number == 0 ? .plan : .grant(number)
    }
}
