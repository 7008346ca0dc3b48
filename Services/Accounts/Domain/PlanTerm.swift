/// The plan of an account, and what follows it when it ends.
package struct PlanTerm: Sendable, Equatable {
    package let plan: PlanName
    /// The first moment of `next`; nil: the plan goes on.
    package let until: UTCInstant?
    /// What follows; nil: the free plan.
    package let next: PlanName?

    /// A plan without end, or one that ends.
    package init(plan: PlanName, until: UTCInstant? = nil, next: PlanName? = nil) {
        self.plan = plan
        self.until = until
        self.next = next
    }

    /// The plan in force: exact to the second, whether or not anybody has noted the change yet.
    package func plan(at now: UTCInstant) -> PlanName {
        guard let until, until <= now else { return plan }
        return next ?? .free
    }
}
