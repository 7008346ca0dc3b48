import Contracts
import RPC
import Support

/// Stands for the Accounts process: what it says of accounts.
struct AccountsStandIn: StandingAPI.Service {
    private let accounts = Shared<[String: StandingAPI.AccountStanding]>([:])
    private let isAway = Shared(false)

    /// Adds an account, or changes it.
    func set(
        _ id: String, verified: Bool = true, roles: [String] = ["member"],
        organisations: [StandingAPI.Membership] = [], suspended: Bool = false
    ) {
        let standing = StandingAPI.AccountStanding(
            id: id, email: "\(id)@mail.example", emailVerified: verified, roles: roles, organisations: organisations,
            suspended: suspended)
        accounts.withLock { $0[id] = standing }
    }

    /// From now on every call fails, or not.
    func setAway(_ away: Bool) { isAway.withLock { $0 = away } }

    func getStanding(
        _ request: StandingAPI.GetStandingRequest, context: CallContext
    ) async throws(ServiceError) -> StandingAPI.AccountStanding {
        guard !isAway.current else { throw ServiceError(.unavailable, "away") }
        let all = accounts.current
        let found = all[request.accountId] ?? all.values.first { $0.email == request.email && $0.emailVerified }
        guard let found else { throw ServiceError(.notFound, "There is no such account.") }
        return found
    }

    func getStandings(
        _ request: StandingAPI.GetStandingsRequest, context: CallContext
    ) async throws(ServiceError) -> StandingAPI.AccountStandings {
        guard !isAway.current else { throw ServiceError(.unavailable, "away") }
        guard request.accountIds.count <= 200 else { throw ServiceError(.invalidArgument, "At most 200.") }
        let all = accounts.current
        return StandingAPI.AccountStandings(standings: request.accountIds.compactMap { all[$0] })
    }

    func listByRole(
        _ request: StandingAPI.ListByRoleRequest, context: CallContext
    ) async throws(ServiceError) -> StandingAPI.AccountStandings {
        StandingAPI.AccountStandings(standings: accounts.current.values.filter { $0.roles.contains(request.role) })
    }
}
