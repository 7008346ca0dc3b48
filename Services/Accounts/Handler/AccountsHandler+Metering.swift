import Calendar
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

    /// Charges for work that is under way; see the contract.
    package func reserve(
        _ request: AccountsAPI.ReserveRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.ReserveReply {
        try await answering {
            let seconds = request.ttlSeconds == 0 ? Hold.defaultLifetime : Int64(request.ttlSeconds)
            guard Hold.lifetimes.contains(seconds) else {
                throw InvalidField("ttl_seconds", "work is held for 1 to \(Hold.lifetimes.upperBound) seconds")
            }
            let order = OpenOrder(
                subject: try subject(request.subject), feature: try feature(request.feature),
                item: try MeteredItem(request.item), network: try NetworkPrefix(request.network),
                key: context.idempotencyKey?.bytes)
            return AccountsAPI.ReserveReply(try await ledger.reserve(order, for: seconds, at: clock.now))
        }
    }

    /// The work of a hold was delivered; see the contract.
    package func commit(
        _ request: AccountsAPI.HoldRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Balance {
        try await answering {
            AccountsAPI.Balance(try await ledger.close(try HoldID(request.hold), .commit, at: clock.now))
        }
    }

    /// The work of a hold failed; see the contract.
    package func refund(
        _ request: AccountsAPI.HoldRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Balance {
        try await answering {
            AccountsAPI.Balance(try await ledger.close(try HoldID(request.hold), .refund, at: clock.now))
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

    /// Balances and entries; see the contract.
    package func getUsage(
        _ request: AccountsAPI.GetUsageRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Usage {
        try await answering {
            try usage(of: try subject(request.subject), feature: request.feature, limit: request.pageSize)
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

    /// Balances and entries of a subject; an empty feature stands for all.
    func usage(of subject: Subject, feature name: String, limit: UInt32) throws -> AccountsAPI.Usage {
        guard limit <= 500 else { throw InvalidField("page_size", "at most 500 entries are given at once") }
        let chosen = name.isEmpty ? nil : try feature(name)
        let now = clock.now
        let features = try (chosen.map { [$0] } ?? Feature.allCases).map { feature in
            AccountsAPI.FeatureUsage(try ledger.usage(of: subject, feature: feature, at: now))
        }
        let entries = try ledger.entries(of: subject, feature: chosen, limit: limit == 0 ? 100 : Int(limit))
        return AccountsAPI.Usage(features: features, entries: entries.map(AccountsAPI.UsageEntry.init))
    }

    /// The version of a plan that is in force.
    func plan(_ name: PlanName, at now: UTCInstant) throws -> PlanVersion {
        guard let version = try plans.catalogue(at: now).version(of: name, on: now.date) else {
            throw AccountError.unknownPlan(name)
        }
        return version
    }

    func subject(_ subject: AccountsAPI.Subject?) throws -> Subject {
        guard let subject else { throw InvalidField("subject", "say who is metered") }
        return try Subject(kind: subject.kind, id: subject.id)
    }

    func feature(_ name: String) throws -> Feature {
        guard let feature = Feature(rawValue: name) else {
            let names = Feature.allCases.map(\.rawValue).joined(separator: ", ")
            throw InvalidField("feature", "the feature is one of \(names)")
        }
        return feature
    }
}
