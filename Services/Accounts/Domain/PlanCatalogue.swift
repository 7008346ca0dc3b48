package import Calendar

/// Every version of every plan.
package struct PlanCatalogue: Sendable, Equatable {
    private let versions: [PlanName: [PlanVersion]]

    /// Takes versions in any order.
    package init(_ versions: [PlanVersion]) {
        self.versions = Dictionary(grouping: versions, by: \.name)
            .mapValues { $0.sorted { $0.effective < $1.effective } }
    }

    /// The version of a plan that is in force on a day; nil when there is none.
    package func version(of plan: PlanName, on date: CalendarDate) -> PlanVersion? {
        versions[plan]?.last { $0.effective <= date }
    }
}
