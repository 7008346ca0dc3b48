import ArgumentParser
import Contracts
import Foundation
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
        let settings = try Settings.ofProcess()
        let channel = try settings.operatorClientOrExit(of: .accounts)
        let name = NSUserName().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        let desk = AdminDesk(
            client: AdministrationAPI.Client(channel), organisations: OrganisationsAPI.Client(channel),
            billing: BillingAPI.Client(channel),
            options: CallOptions(
                timeout: .seconds(600), idempotencyKey: .random(),
                principal: Array("operator \(name.isEmpty ? "unknown" : name)".utf8)))
        var refusal: ServiceError?
        do throws(ServiceError) {
            try await body(desk)
        } catch {
            refusal = error
        }
        await channel.close()
        guard let refusal else { return }
        Output.complain(CallCommand.text(of: refusal))
        throw ExitCode.failure
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
