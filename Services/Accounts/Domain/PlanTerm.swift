package import Calendar

/// The plan of an account, and what follows it when it ends.
package struct PlanTerm: Sendable, Equatable {
    package let plan: PlanName
    /// The first moment of `next`; nil: the plan goes on.
    package let until: UTCInstant?
    /// What follows; nil: the free plan.
    package let next: PlanName?
    /// What an organisation pays for; it holds while the account itself has the free plan.
    package let team: TeamPlan?

    /// A plan without end, or one that ends.
    package init(plan: PlanName, until: UTCInstant? = nil, next: PlanName? = nil, team: TeamPlan? = nil) {
        self.plan = plan
        self.until = until
        self.next = next
        self.team = team
    }

    /// The plan in force: exact to the second, whether or not anybody has noted the change yet.
    package func plan(at now: UTCInstant) -> PlanName {
        let own = until.map { now < $0 ? plan : next ?? .free } ?? plan
        guard own == .free, let team, now < team.until else { return own }
        return team.plan
    }
}
