package import Contracts
package import RPC

extension AccountsHandler {
    /// Opens one item of a metered feature; see the contract.
    package func open(
        _ request: AccountsAPI.OpenRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.OpenReply {
        try await answering {
            let order = OpenOrder(
                subject: try subject(request.subject), feature: try feature(request.feature),
                item: try MeteredItem(request.item), network: try NetworkPrefix(request.network),
                key: context.idempotencyKey?.bytes)
            return AccountsAPI.OpenReply(try await ledger.open(order, at: clock.now))
        }
    }

    /// What is left of a feature, without charging.
    package func getBalance(
        _ request: AccountsAPI.GetBalanceRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Balance {
        try await answering {
            let subject = try subject(request.subject)
            let feature = try feature(request.feature)
            return AccountsAPI.Balance(try ledger.balance(of: subject, feature: feature, at: clock.now))
        }
    }

    /// What a plan holds today.
    package func getPlan(
        _ request: AccountsAPI.GetPlanRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Plan {
        try await answering {
            guard !request.plan.isEmpty else { throw InvalidField("plan", "name a plan: guest, free, professional") }
            return AccountsAPI.Plan(try plan(PlanName(request.plan), at: clock.now))
        }
    }

    /// The version of a plan that is in force.
    func plan(_ name: PlanName, at now: UTCInstant) throws -> PlanVersion {
        guard let version = try plans.catalogue(at: now).version(of: name, on: now.date) else {
            throw AccountError.unknownPlan(name)
        }
        return version
    }

    private func subject(_ subject: AccountsAPI.Subject?) throws -> Subject {
        guard let subject else { throw InvalidField("subject", "say who is metered") }
        return try Subject(kind: subject.kind, id: subject.id)
    }

    private func feature(_ name: String) throws -> Feature {
        guard let feature = Feature(rawValue: name) else {
            let names = Feature.allCases.map(\.rawValue).joined(separator: ", ")
            throw InvalidField("feature", "the feature is one of \(names)")
        }
        return feature
    }
}
