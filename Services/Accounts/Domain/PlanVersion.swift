package import Calendar

/// What a plan holds from a day on, until its next version.
package struct PlanVersion: Sendable, Equatable {
    package let name: PlanName
    package let effective: CalendarDate
    package let allowances: [Allowance]
    /// The block kinds of a code page that the plan opens, in the order of the page.
    package let openBlocks: [String]

    /// One version of a plan.
    package init(name: PlanName, effective: CalendarDate, allowances: [Allowance], openBlocks: [String]) {
        self.name = name
        self.effective = effective
        self.allowances = allowances
        self.openBlocks = openBlocks
    }

    /// What it gives of a feature.
    package func allowance(of feature: Feature) -> Allowance {
        allowances.first { $0.feature == feature } ?? .none(of: feature)
    }
}
