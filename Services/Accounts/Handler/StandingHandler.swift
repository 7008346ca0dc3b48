import Calendar
package import Contracts
package import RPC

/// Answers other programs that ask how an account stands.
package struct StandingHandler: StandingAPI.Service {
    private let base: AccountsHandler
    private let organisations: OrganisationStore

    /// Works with the same store and clock as `base`.
    package init(_ base: AccountsHandler) {
        self.base = base
        organisations = OrganisationStore(base.accounts.store)
    }

    /// One account; see the contract.
    package func getStanding(
        _ request: StandingAPI.GetStandingRequest, context: CallContext
    ) async throws(ServiceError) -> StandingAPI.AccountStanding {
        try await base.answering {
            guard request.accountId.isEmpty != request.email.isEmpty else {
                throw InvalidField("account_id", "name an account by its id or by its address")
            }
            let found: Standing?
            if request.email.isEmpty {
                guard let id = AccountID(request.accountId) else {
                    throw InvalidField("account_id", "this is no account id")
                }
                found = try organisations.standing(id)
            } else {
                found = try organisations.standing(of: try EmailAddress(request.email))
            }
            guard let found else { throw AccountError.unknownAccount }
            return StandingAPI.AccountStanding(found, at: base.clock.now)
        }
    }

    /// Many accounts; see the contract.
    package func getStandings(
        _ request: StandingAPI.GetStandingsRequest, context: CallContext
    ) async throws(ServiceError) -> StandingAPI.AccountStandings {
        try await base.answering {
            guard request.accountIds.count <= Standing.limit else {
                throw InvalidField("account_ids", "at most \(Standing.limit) accounts are asked for at once")
            }
            let ids = try request.accountIds.map { text in
                guard let id = AccountID(text) else { throw InvalidField("account_ids", "one is no account id") }
                return id
            }
            return reply(try organisations.standings(ids))
        }
    }

    /// Accounts with a role; see the contract.
    package func listByRole(
        _ request: StandingAPI.ListByRoleRequest, context: CallContext
    ) async throws(ServiceError) -> StandingAPI.AccountStandings {
        try await base.answering {
            guard let role = Role(rawValue: request.role), role != .member else {
                let words = Role.allCases.filter { $0 != .member }.map(\.rawValue).joined(separator: ", ")
                throw InvalidField("role", "the role is one of \(words)")
            }
            return reply(try organisations.standings(withRole: role))
        }
    }

    private func reply(_ found: [Standing]) -> StandingAPI.AccountStandings {
        let now = base.clock.now
        return StandingAPI.AccountStandings(standings: found.map { StandingAPI.AccountStanding($0, at: now) })
    }
}

extension StandingAPI.AccountStanding {
    init(_ standing: Standing, at now: UTCInstant) {
        let account = standing.account
        self.init(
            id: account.id.text, email: account.email, emailVerified: account.isEmailVerified,
            displayName: account.displayName, roles: account.roles.map(\.rawValue),
            organisations: standing.memberships.map { membership in
                StandingAPI.Membership(
                    organisationId: membership.organisation.text, name: membership.name,
                    role: membership.role.rawValue)
            },
            suspended: account.isSuspended, plan: account.term.plan(at: now).text)
    }
}
