import Contracts

/// A reader's own account, as `account.mustache` takes it.
struct AccountView: Sendable {
    struct FeatureView: Sendable {
        let name: String
        let left: String
        let limit: String
        let resets: String

        init(_ feature: Feature, balance: AccountsAPI.Balance) {
            name =
                switch feature {
                case .codePage: "Code pages"
                case .casePilotQuestion: "CasePilot questions"
                case .caseConsultantCase: "CaseConsultant cases"
                }
            left = balance.unlimited ? "Unlimited" : "\(balance.remaining)"
            limit = balance.unlimited ? "–" : "\(balance.limit)"
            resets = UTCInstant(balance.resetsAt)?.words ?? "–"
        }
    }

    let email: String
    let plan: String
    let isVerified: Bool
    let createdAt: String
    let meters: [FeatureView]

    init(_ account: AccountsAPI.Account, meters: [FeatureView]) {
        email = account.email
        plan = account.plan
        isVerified = account.emailVerified
        createdAt = UTCInstant(account.createdAt)?.words ?? account.createdAt
        self.meters = meters
    }
}
