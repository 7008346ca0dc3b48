import Contracts

/// The audit log, as `audit.mustache` takes it.
struct AuditView: Sendable {
    struct LineView: Sendable {
        let number: Int64
        let at: String
        let actor: String
        let act: String
        let target: String
        let detail: String

        init(_ line: AdministrationAPI.AuditLine) {
            number = line.number
            at = UTCInstant(line.at)?.words ?? line.at
            actor = line.actor
            act = line.act
            target = line.target
            detail = line.detail
        }
    }

    let sections = AdministrationSection.audit.navigation
    let accountID: String
    let problem: String?
    let lines: [LineView]
    let hasLines: Bool
    let nextPath: String?

    init(_ page: AdministrationAPI.AuditPage?, accountID: String, problem: String?) {
        self.accountID = accountID
        self.problem = problem
        lines = (page?.lines ?? []).map(LineView.init)
        hasLines = !lines.isEmpty
        let next = page?.next ?? 0
        nextPath =
            next == 0
            ? nil
            : AdministrationSection.audit.path + PercentCoding.query([("account", accountID), ("after", "\(next)")])
    }
}
