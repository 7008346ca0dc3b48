import Contracts
import RPC
import Synchronization

/// The plans, remembered for a minute: they change by a dated row, and every guest's page asks for two of them.
final class PlanCache: Sendable {
    /// How long a change of a plan may take to be seen.
    private static let freshSeconds = 60

    private struct Entry {
        let plan: AccountsAPI.Plan
        let fetchedAt: Int
    }

    private let accounts: AccountsAPI.Client
    private let now: @Sendable () -> Int
    private let entries = Mutex<[PlanName: Entry]>([:])

    init(accounts: AccountsAPI.Client, surroundings: Surroundings) {
        self.accounts = accounts
        now = surroundings.now
    }

    /// A plan as of now.
    /// - Throws: what `Accounts.GetPlan` throws.
    func plan(_ name: PlanName, context: GatewayContext) async throws(ServiceFailure) -> AccountsAPI.Plan {
        let time = now()
        if let entry = entries.withLock({ $0[name] }), time - entry.fetchedAt < Self.freshSeconds {
            return entry.plan
        }
        let plan = try await asking(.accounts) { () throws(ServiceError) in
            try await accounts.getPlan(
                AccountsAPI.GetPlanRequest(plan: name.rawValue),
                options: context.options(timeout: CallTimeouts.accounts))
        }
        entries.withLock { $0[name] = Entry(plan: plan, fetchedAt: time) }
        return plan
    }
}
