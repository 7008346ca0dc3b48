import Contracts
import RPC

/// Asks Accounts how accounts stand.
struct Standings: Sendable {
    /// Accounts of one question, as standing.proto says.
    private static let batch = 200
    private static let timeout = Duration.seconds(5)

    private let client: StandingAPI.Client

    init(_ channel: any RPCChannel) { client = StandingAPI.Client(channel) }

    /// An account, for a call.
    ///
    /// - Throws: `permissionDenied` when it is suspended, `unauthenticated` when there is none of the id (any more).
    func of(_ account: String, within context: CallContext) async throws(ServiceError) -> Standing {
        let standing: Standing
        do {
            standing = Standing(
                try await client.getStanding(
                    StandingAPI.GetStandingRequest(accountId: account), options: CallOptions(within: context)))
        } catch  where error.kind == .notFound {
            throw ServiceError(.unauthenticated, "This account is gone: log in again.", reason: "no_account")
        }
        guard !standing.isSuspended else {
            throw ServiceError(.permissionDenied, "This account is suspended.", reason: "suspended")
        }
        return standing
    }

    /// An account by its id or by its verified address.
    ///
    /// - Throws: `notFound`.
    func find(_ named: String, within context: CallContext) async throws(ServiceError) -> Standing {
        let request =
            named.contains("@")
            ? StandingAPI.GetStandingRequest(email: named) : StandingAPI.GetStandingRequest(accountId: named)
        return Standing(try await client.getStanding(request, options: CallOptions(within: context)))
    }

    /// Many accounts; those that are gone are left out.
    func of(_ accounts: [String]) async throws(ServiceError) -> [Standing] {
        var found: [Standing] = []
        var rest = accounts[...]
        while !rest.isEmpty {
            let reply = try await client.getStandings(
                StandingAPI.GetStandingsRequest(accountIds: Array(rest.prefix(Self.batch))),
                options: CallOptions(timeout: Self.timeout))
            found += reply.standings.map { Standing($0) }
            rest = rest.dropFirst(Self.batch)
        }
        return found
    }
}

extension Standing {
    init(_ message: StandingAPI.AccountStanding) {
        self.init(
            account: message.id, email: message.email, isVerified: message.emailVerified,
            isSuspended: message.suspended,
            isModerator: message.roles.contains("moderator") || message.roles.contains("administrator"),
            organisations: message.organisations.map {
                Agent.Organisation(id: $0.organisationId, isManager: $0.role == "owner" || $0.role == "manager")
            })
    }
}
