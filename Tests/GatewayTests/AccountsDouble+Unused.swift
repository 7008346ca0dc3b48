import Contracts
import RPC

/// What Gateway's pages do not call yet.
extension AccountsDouble {
    private static var unused: ServiceError { ServiceError(.unimplemented, "the double does not do this") }

    func reserve(
        _ request: AccountsAPI.ReserveRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.ReserveReply { throw Self.unused }

    func commit(
        _ request: AccountsAPI.HoldRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Balance { throw Self.unused }

    func refund(
        _ request: AccountsAPI.HoldRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Balance { throw Self.unused }

    func getUsage(
        _ request: AccountsAPI.GetUsageRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Usage { throw Self.unused }
}
