import Calendar
package import Contracts
package import RPC

extension AdministrationHandler {
    /// Makes an account with roles; see the contract.
    package func makeAccount(
        _ request: AdministrationAPI.MakeAccountRequest, context: CallContext
    ) async throws(ServiceError) -> AdministrationAPI.AccountDetails {
        try await answering(context, machineOnly: true) { actor, now in
            let address = try EmailAddress(request.email)
            let password = try Password(chosen: request.password, for: address)
            let roles = try roles(request.roles)
            let hash = try await base.passwords.hash(password.bytes)
            var chance = SystemRandomNumberGenerator()
            let account = Account(
                id: AccountID(at: now, using: &chance), email: address.text, term: PlanTerm(plan: .free),
                isEmailVerified: true, createdAt: now, roles: Role.list(Role.text(roles)))
            try await base.accounts.make(account, address, passwordHash: hash, by: actor)
            return try details(account, at: now)
        }
    }

    /// Finds accounts; see the contract.
    package func findAccounts(
        _ request: AdministrationAPI.FindAccountsRequest, context: CallContext
    ) async throws(ServiceError) -> AdministrationAPI.FoundAccounts {
        try await answering(context) { _, now in
            let text = request.text.lowercased()
            let found: [Account]
            if let id = AccountID(text) {
                found = try base.accounts.account(id).map { [$0] } ?? []
            } else {
                guard (2...EmailAddress.limit).contains(text.utf8.count) else {
                    throw InvalidField("text", "give an id, or what an address begins with")
                }
                found = try base.accounts.find(text, limit: 100)
            }
            return AdministrationAPI.FoundAccounts(accounts: try found.map { try details($0, at: now) })
        }
    }

    /// Suspends an account, or lifts that; see the contract.
    package func setSuspended(
        _ request: AdministrationAPI.SetSuspendedRequest, context: CallContext
    ) async throws(ServiceError) -> AdministrationAPI.AccountDetails {
        try await answering(context) { actor, now in
            let account = try await base.accounts.setSuspended(
                request.suspended, try account(request.accountId), reason: try reason(request.reason), by: actor,
                at: now)
            return try details(account, at: now)
        }
    }

    /// Gives an account roles; see the contract.
    package func setRoles(
        _ request: AdministrationAPI.SetRolesRequest, context: CallContext
    ) async throws(ServiceError) -> AdministrationAPI.AccountDetails {
        try await answering(context) { actor, now in
            let account = try await base.accounts.setRoles(
                try roles(request.roles), try account(request.accountId), by: actor, at: now)
            return try details(account, at: now)
        }
    }

    /// Puts an account on a plan; see the contract.
    package func setPlan(
        _ request: AdministrationAPI.SetPlanRequest, context: CallContext
    ) async throws(ServiceError) -> AdministrationAPI.AccountDetails {
        try await answering(context) { actor, now in
            let name = try base.plan(PlanName(request.plan), at: now).name
            guard name != .guest else { throw InvalidField("plan", "an account has no guest plan") }
            let until = request.endsOn.isEmpty ? nil : try date(request.endsOn, field: "ends_on")
            if let until, UTCInstant(startOf: until) <= now {
                throw InvalidField("ends_on", "a plan ends in the future")
            }
            let next = request.nextPlan.isEmpty ? nil : try base.plan(PlanName(request.nextPlan), at: now).name
            let term = PlanTerm(plan: name, until: until.map(UTCInstant.init(startOf:)), next: next)
            let account = try await base.accounts.setTerm(
                term, try account(request.accountId), reason: try reason(request.reason), by: actor, at: now)
            return try details(account, at: now)
        }
    }

    /// Gives something beyond the plan; see the contract.
    package func giveGrant(
        _ request: AdministrationAPI.GiveGrantRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Balance {
        try await answering(context) { actor, now in
            guard let priority = request.priority.isEmpty ? Purse.planPriority : Int64(request.priority) else {
                throw InvalidField("priority", "a priority is a number from 0 to 1000")
            }
            let grant = try Grant(
                subject: .account(try account(request.accountId)), feature: try base.feature(request.feature),
                amount: Int(request.amount), priority: priority,
                expiresAt: UTCInstant(startOf: try date(request.endsOn, field: "ends_on")),
                reason: try reason(request.reason), now: now)
            return AccountsAPI.Balance(
                try await base.ledger.give(grant, key: context.idempotencyKey?.bytes, by: actor, at: now))
        }
    }

    /// Corrects a balance; see the contract.
    package func correct(
        _ request: AdministrationAPI.CorrectRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Balance {
        try await answering(context) { actor, now in
            guard request.amount != 0, abs(Int(request.amount)) <= Grant.amounts.upperBound else {
                throw InvalidField("amount", "a correction is not 0 and at most \(Grant.amounts.upperBound)")
            }
            return AccountsAPI.Balance(
                try await base.ledger.correct(
                    .account(try account(request.accountId)), try base.feature(request.feature),
                    by: Int(request.amount), reason: try reason(request.reason), actor: actor, at: now))
        }
    }
}
