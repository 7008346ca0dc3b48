import Contracts
package import Logging
import RPC
package import Storage
import Synchronization

/// Answers the calls of the contract: checks the request, asks domain and store, words the answer.
package struct AccountsHandler: AccountsAPI.Service {
    let ledger: Ledger
    let accounts: AccountStore
    let plans: Plans
    let passwords: PasswordWork
    let gate: LoginGate
    let clock: WallClock
    let logger: Logger

    /// - Parameters:
    ///   - networkCeiling: guest grants that one network may have in a day.
    ///   - clock: the time, the system's but in tests.
    package init(
        store: Store, passwords: PasswordWork, networkCeiling: Int, clock: WallClock = .system, logger: Logger
    ) {
        plans = Plans(store)
        ledger = Ledger(store, plans: plans, networkCeiling: networkCeiling)
        accounts = AccountStore(store)
        gate = LoginGate()
        self.passwords = passwords
        self.clock = clock
        self.logger = logger
    }

    /// Runs an act and words what it throws.
    func answering<Reply>(_ act: () async throws -> Reply) async throws(ServiceError) -> Reply {
        do {
            return try await act()
        } catch {
            let worded = ServiceError(accounts: error)
            if worded.kind == .internal || worded.kind == .dataLoss {
                logger.error("a call failed inside", metadata: ["cause": "\(error)", "kind": "\(worded.kind)"])
            }
            throw worded
        }
    }
}
