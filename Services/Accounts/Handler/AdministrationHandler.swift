import Calendar
import Contracts
import RPC

/// Answers what administrators do.
package struct AdministrationHandler: AdministrationAPI.Service {
    let base: AccountsHandler

    /// Longest reason, bytes.
    static let reasonLimit = 500

    /// Works with the same store and clock as `base`.
    package init(_ base: AccountsHandler) {
        self.base = base
    }

    /// Runs an act for an administrator, or for the machine's own command line.
    ///
    /// - Throws: UNAUTHENTICATED without a principal; PERMISSION_DENIED for everybody else.
    func answering<Reply>(
        _ context: CallContext, machineOnly: Bool = false,
        _ act: (_ actor: String, _ now: UTCInstant) async throws -> Reply
    ) async throws(ServiceError) -> Reply {
        try await base.answering {
            guard let principal = Principal(context.principal) else {
                throw ServiceError(.unauthenticated, "log in first", reason: "no_session")
            }
            switch principal {
            case .machine: break
            case .account(let id, .session) where !machineOnly:
                guard let account = try base.accounts.account(id), !account.isSuspended,
                    account.roles.contains(.administrator)
                else { throw Self.refusal }
            case .account: throw Self.refusal
            }
            return try await act(principal.actor, base.clock.now)
        }
    }

    private static let refusal = ServiceError(
        .permissionDenied, "only administrators may do this", reason: "administrator_needed")

    func account(_ id: String) throws -> AccountID {
        guard let account = AccountID(id) else { throw InvalidField("account_id", "this is no account id") }
        return account
    }

    func reason(_ text: String) throws -> String {
        guard (1...Self.reasonLimit).contains(text.utf8.count) else {
            throw InvalidField("reason", "say why, in at most \(Self.reasonLimit) bytes")
        }
        return text
    }

    func roles(_ words: [String]) throws -> [Role] {
        try words.map { word in
            guard let role = Role(rawValue: word) else {
                let all = Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw InvalidField("roles", "a role is one of \(all)")
            }
            return role
        }
    }

    func date(_ text: String, field: String) throws -> CalendarDate {
        guard let date = CalendarDate(text) else { throw InvalidField(field, "write a day as YYYY-MM-DD") }
        return date
    }

    func details(_ account: Account, at now: UTCInstant) throws -> AdministrationAPI.AccountDetails {
        let until = account.term.until.flatMap { now < $0 ? $0 : nil }
        return AdministrationAPI.AccountDetails(
            account: AccountsAPI.Account(account, plan: try base.plan(account.term.plan(at: now), at: now)),
            suspended: account.isSuspended, planEndsAt: until?.rfc3339 ?? "",
            nextPlan: until == nil ? "" : (account.term.next ?? .free).text)
    }
}
