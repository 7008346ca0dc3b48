/// How much of a feature a plan gives in a period.
package struct Allowance: Sendable, Equatable {
    package let feature: Feature
    /// Nil: as much as one likes.
    package let limit: Int?
    package let period: PeriodKind

    /// `limit` nil for no limit.
    package init(feature: Feature, limit: Int?, period: PeriodKind) {
        self.feature = feature
        self.limit = limit
        self.period = period
    }

    /// What a plan gives of a feature that it does not name: nothing.
    package static func none(of feature: Feature) -> Allowance {
        Allowance(feature: feature, limit: 0, period: .month)
    }
}
