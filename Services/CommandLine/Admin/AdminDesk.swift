import Contracts
import RPC
import Runtime

/// The running Accounts, called on behalf of whoever sits at this machine.
struct AdminDesk {
    let client: AdministrationAPI.Client
    let organisations: OrganisationsAPI.Client
    let billing: BillingAPI.Client
    let options: CallOptions

    /// Opens a channel, makes the calls, and says what was refused.
    /// - Throws: exit code 1 when a call is refused, 78 for wrong settings.
    static func with(_ body: (AdminDesk) async throws(ServiceError) -> Void) async throws {
        try await OperatorLink.with(.accounts, timeout: .seconds(600)) { channel, options throws(ServiceError) in
            try await body(
                AdminDesk(
                    client: AdministrationAPI.Client(channel), organisations: OrganisationsAPI.Client(channel),
                    billing: BillingAPI.Client(channel), options: options))
        }
    }

    /// Accounts as lines of a table.
    static func table(_ accounts: [AdministrationAPI.AccountDetails]) -> String {
        let rows = accounts.map { details -> [String] in
            let account = details.account ?? AccountsAPI.Account()
            let end = details.planEndsAt.isEmpty ? "" : " until \(details.planEndsAt), then \(details.nextPlan)"
            let state = details.suspended ? "suspended" : account.emailVerified ? "verified" : "unverified"
            return [
                account.id, account.email, account.plan + end, account.roles.joined(separator: ","), state,
                account.createdAt,
            ]
        }
        return Output.table([["ID", "ADDRESS", "PLAN", "ROLES", "STATE", "SINCE"]] + rows)
    }

    /// A balance in words.
    static func words(_ balance: AccountsAPI.Balance) -> String {
        balance.unlimited ? "unlimited" : "\(balance.remaining) of \(balance.limit) left until \(balance.resetsAt)"
    }
}
