import Contracts
import RPC

/// The senders of mail as Accounts knows them.
struct AccountsSenders: SenderDirectory {
    private let standing: StandingAPI.Client

    /// - Parameter accounts: a channel to Accounts; the owner closes it.
    init(_ accounts: any RPCChannel) {
        standing = StandingAPI.Client(accounts)
    }

    func account(of address: String, options: CallOptions) async throws(ServiceError) -> SenderAccount? {
        do {
            let found = try await standing.getStanding(StandingAPI.GetStandingRequest(email: address), options: options)
            return SenderAccount(id: found.id, isSuspended: found.suspended)
        } catch  where error.kind == .notFound {
            return nil
        }
    }
}
