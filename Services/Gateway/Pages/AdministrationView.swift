import Contracts

/// Accounts that were looked for, as `administration.mustache` takes them.
struct AdministrationView: Sendable {
    struct AccountLine: Sendable {
        let email: String
        let path: String
        let plan: String
        let roles: String
        let createdAt: String
        let isSuspended: Bool
        let isVerified: Bool
    }

    let sections = AdministrationSection.accounts.navigation
    let text: String
    let problem: String?
    let accounts: [AccountLine]
    let hasAccounts: Bool
    /// Something was looked for, and nobody found.
    let isEmpty: Bool

    init(text: String, found: [AdministrationAPI.AccountDetails]?, problem: String?) {
        self.text = text
        self.problem = problem
        accounts = (found ?? []).map { details in
            let account = details.account ?? AccountsAPI.Account()
            return AccountLine(
                email: account.email, path: "/admin/accounts/\(PercentCoding.encode(account.id))", plan: account.plan,
                roles: account.roles.joined(separator: ", "),
                createdAt: UTCInstant(account.createdAt)?.words ?? account.createdAt,
                isSuspended: details.suspended, isVerified: account.emailVerified)
        }
        hasAccounts = !accounts.isEmpty
        isEmpty = found?.isEmpty == true
    }
}
