import Contracts
import RPC
import Synchronization

/// Accounts' three calls about holds, over a table: enough to see what is charged.
final class AccountsMeter: Sendable {
    struct State: Sendable {
        var limit: UInt32
        var failure: ServiceError?
        /// By item.
        var holds: [String: String] = [:]
        var kept: [String] = []
        var givenBack: [String] = []
    }

    let state: Mutex<State>

    init(limit: UInt32 = 100) {
        state = Mutex(State(limit: limit))
    }

    var used: UInt32 { state.withLock { UInt32($0.holds.count + $0.kept.count) } }
    var kept: Int { state.withLock { $0.kept.count } }
    var givenBack: Int { state.withLock { $0.givenBack.count } }
    var open: Int { state.withLock { $0.holds.count } }

    func fail(_ failure: ServiceError?) { state.withLock { $0.failure = failure } }

    var routes: [Route] {
        [
            Route(AccountsAPI.Methods.reserve) {
                (request: AccountsAPI.ReserveRequest, _) async throws(ServiceError) -> AccountsAPI.ReserveReply in
                try self.reserve(request)
            },
            Route(AccountsAPI.Methods.commit) {
                (request: AccountsAPI.HoldRequest, _) async throws(ServiceError) -> AccountsAPI.Balance in
                try self.end(request.hold, keeps: true)
            },
            Route(AccountsAPI.Methods.refund) {
                (request: AccountsAPI.HoldRequest, _) async throws(ServiceError) -> AccountsAPI.Balance in
                try self.end(request.hold, keeps: false)
            },
        ]
    }

    private func reserve(_ request: AccountsAPI.ReserveRequest) throws(ServiceError) -> AccountsAPI.ReserveReply {
        let result: Result<AccountsAPI.ReserveReply, ServiceError> = state.withLock { state in
            if let failure = state.failure { return .failure(failure) }
            let used = UInt32(state.holds.count + state.kept.count)
            if let hold = state.holds[request.item] {
                return .success(.init(outcome: .repeat, balance: balance(state), hold: hold))
            }
            guard used < state.limit else {
                return .success(.init(outcome: .refused, balance: balance(state), reason: "limit"))
            }
            let hold = "hold-\(request.item)"
            state.holds[request.item] = hold
            return .success(.init(outcome: .granted, balance: balance(state), hold: hold))
        }
        return try result.get()
    }

    private func end(_ hold: String, keeps: Bool) throws(ServiceError) -> AccountsAPI.Balance {
        let result: Result<AccountsAPI.Balance, ServiceError> = state.withLock { state in
            guard let item = state.holds.first(where: { $0.value == hold })?.key else {
                return .failure(ServiceError(.notFound, "There is no such hold."))
            }
            state.holds[item] = nil
            if keeps { state.kept.append(item) } else { state.givenBack.append(item) }
            return .success(balance(state))
        }
        return try result.get()
    }

    private func balance(_ state: State) -> AccountsAPI.Balance {
        let used = UInt32(state.holds.count + state.kept.count)
        return AccountsAPI.Balance(
            limit: state.limit, remaining: state.limit - min(used, state.limit), resetsAt: "2026-11-25T00:00:00Z",
            plan: "free")
    }
}
