package import Calendar
import Contracts
package import Logging
import Mail
import RPC
package import Storage
import Synchronization

/// Answers the calls of the contract: checks the request, asks domain and store, words the answer.
package struct AccountsHandler: AccountsAPI.Service {
    let ledger: Ledger
    let accounts: AccountStore
    let plans: Plans
    let licences: LicenceStore
    let passwords: PasswordWork
    let letters: Letters
    let gate: LoginGate
    let tickets: LoginTicket
    let payments: PaymentProvider
    let limits: AccountsLimits
    let clock: WallClock
    let logger: Logger

    /// - Parameter clock: the time, the system's but in tests.
    package init(
        store: Store, passwords: PasswordWork, letters: Letters, limits: AccountsLimits = AccountsLimits(),
        payments: PaymentProvider = .none, clock: WallClock = .system, logger: Logger
    ) {
        plans = Plans(store)
        ledger = Ledger(store, plans: plans, networkCeiling: limits.guestGrants)
        accounts = AccountStore(store)
        licences = LicenceStore(store)
        gate = LoginGate()
        tickets = LoginTicket()
        self.payments = payments
        self.passwords = passwords
        self.letters = letters
        self.limits = limits
        self.clock = clock
        self.logger = logger
    }

    /// Runs an act and words what it throws.
    func answering<Reply>(_ act: () async throws -> Reply) async throws(ServiceError) -> Reply {
        do {
            return try await act()
        } catch {
            let worded = ServiceError(accounts: error)
            if [.internal, .dataLoss, .unavailable].contains(worded.kind) {
                logger.error("a call failed inside", metadata: ["cause": "\(error)", "kind": "\(worded.kind)"])
            }
            throw worded
        }
    }

    /// Some bytes of chance as a word, for the ids of mails that nothing else names.
    func word() -> String {
        var chance = SystemRandomNumberGenerator()
        return Hexadecimal.text((0..<12).map { _ in UInt8.random(in: .min ... .max, using: &chance) })
    }
}
