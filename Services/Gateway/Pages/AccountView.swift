import Contracts

/// The overview of a reader's own account, as `account.mustache` takes it.
struct AccountView: Sendable {
    struct FeatureView: Sendable {
        let name: String
        let left: String
        let limit: String
        let used: String
        let resets: String
        let hasResets: Bool

        init?(_ usage: AccountsAPI.FeatureUsage) {
            guard let feature = Feature(rawValue: usage.feature) else { return nil }
            let balance = usage.balance ?? AccountsAPI.Balance()
            name = feature.heading
            left = balance.unlimited ? "Unlimited" : "\(balance.remaining)"
            limit = balance.unlimited ? "no limit" : "of \(balance.limit) left"
            used = "\(usage.used)"
            resets = UTCInstant(balance.resetsAt)?.words ?? ""
            hasResets = !resets.isEmpty && !balance.unlimited
        }
    }

    struct EntryView: Sendable {
        let at: String
        let feature: String
        let kind: String
        let item: String
        let path: String
        let hasPath: Bool
        let amount: String

        init(_ entry: AccountsAPI.UsageEntry) {
            at = UTCInstant(entry.at)?.words ?? entry.at
            feature = Feature(rawValue: entry.feature)?.heading ?? entry.feature
            kind = entry.kind
            item = entry.item
            let address = CodeAddress(item: entry.item)
            path = address?.path ?? ""
            hasPath = address != nil
            amount = entry.amount > 0 ? "+\(entry.amount)" : "\(entry.amount)"
        }
    }

    let sections = AccountSection.overview.navigation
    let csrf: String
    let notice: String?
    let problem: String?
    let email: String
    let plan: String
    let planEnds: String?
    let isVerified: Bool
    let pendingEmail: String?
    let createdAt: String
    let meters: [FeatureView]
    let chart: UsageChart
    let entries: [EntryView]
    let hasEntries: Bool

    init(
        _ profile: MeAPI.Profile, usage: AccountsAPI.Usage, today: CalendarDay, csrf: String, done: DoneNotice?,
        problem: String? = nil
    ) {
        let account = profile.account ?? AccountsAPI.Account()
        self.csrf = csrf
        notice = done?.text
        self.problem = problem
        email = account.email
        plan = account.plan
        planEnds = UTCInstant(profile.planEndsAt).map { "until \($0.words), then \(profile.nextPlan)" }
        isVerified = account.emailVerified
        pendingEmail = profile.pendingEmail.isEmpty ? nil : profile.pendingEmail
        createdAt = UTCInstant(account.createdAt)?.words ?? account.createdAt
        meters = profile.usage.compactMap(FeatureView.init)
        chart = UsageChart(usage.entries, today: today)
        entries = usage.entries.prefix(20).map(EntryView.init)
        hasEntries = !entries.isEmpty
    }
}

extension Feature {
    /// What readers call it.
    var heading: String {
        switch self {
        case .codePage: "Code pages"
        case .casePilotQuestion: "CasePilot questions"
        case .caseConsultantCase: "CaseConsultant cases"
        }
    }
}
