import Contracts

/// An account as administrators see it, as `adminaccount.mustache` takes it.
struct AccountDetailsView: Sendable {
    struct BalanceView: Sendable {
        let name: String
        let feature: String
        let left: String
        let resets: String
    }

    struct RoleView: Sendable {
        let name: String
        let isHeld: Bool
    }

    struct OrganisationLine: Sendable {
        let id: String
        let name: String
        let role: String
        /// The account whose page this is.
        let account: String
    }

    /// Every account is a member; the others are given.
    static let roles = ["editor", "consultant", "employer", "moderator", "administrator"]
    static let plans = ["free", "professional"]

    let sections = AdministrationSection.accounts.navigation
    let csrf: String
    let notice: String?
    let problem: String?
    /// Makes a grant or a correction that is sent twice one act.
    let key: String
    let id: String
    let email: String
    let isVerified: Bool
    let isSuspended: Bool
    let hasFactor: Bool
    let plan: String
    let planEnds: String?
    let createdAt: String
    let roles: [RoleView]
    let plans: [ChoiceView]
    let features: [ChoiceView]
    let balances: [BalanceView]
    let organisations: [OrganisationLine]
    let lines: [AuditView.LineView]
    let hasLines: Bool

    init(
        _ details: AdministrationAPI.AccountDetails, balances: [(Feature, AccountsAPI.Balance)],
        organisations: [StandingAPI.Membership], audit: [AdministrationAPI.AuditLine], csrf: String, key: String,
        done: DoneNotice?, problem: String?
    ) {
        let account = details.account ?? AccountsAPI.Account()
        self.csrf = csrf
        self.key = key
        notice = done?.text
        self.problem = problem
        id = account.id
        email = account.email
        isVerified = account.emailVerified
        isSuspended = details.suspended
        hasFactor = account.secondFactor
        plan = account.plan
        planEnds = UTCInstant(details.planEndsAt).map { "until \($0.words), then \(details.nextPlan)" }
        createdAt = UTCInstant(account.createdAt)?.words ?? account.createdAt
        roles = Self.roles.map { RoleView(name: $0, isHeld: account.roles.contains($0)) }
        plans = Self.plans.map { ChoiceView(value: $0, label: $0, isChosen: $0 == account.plan) }
        features = Feature.allCases.map { ChoiceView(value: $0.rawValue, label: $0.heading, isChosen: false) }
        self.balances = balances.map { feature, balance in
            BalanceView(
                name: feature.heading, feature: feature.rawValue,
                left: balance.unlimited ? "unlimited" : "\(balance.remaining) of \(balance.limit)",
                resets: UTCInstant(balance.resetsAt)?.words ?? "–")
        }
        self.organisations = organisations.map {
            OrganisationLine(id: $0.organisationId, name: $0.name, role: $0.role, account: account.id)
        }
        lines = audit.map(AuditView.LineView.init)
        hasLines = !lines.isEmpty
    }
}
