package import Calendar

/// The plan that somebody has as a member of an organisation.
package struct TeamPlan: Sendable, Equatable {
    package let plan: PlanName
    /// The first moment without it.
    package let until: UTCInstant

    /// A plan that is paid for until a moment.
    package init(plan: PlanName, until: UTCInstant) {
        self.plan = plan
        self.until = until
    }
}
