import Contracts

/// What came of a feed, as `feed.mustache` takes it.
struct FeedView: Sendable {
    struct RefusalView: Sendable {
        let id: String
        let title: String
        let message: String
    }

    let employerPath: String
    let isDry: Bool
    let created: String
    let changed: String
    let unchanged: String
    let closed: String
    let refusedTotal: String
    let refused: [RefusalView]
    let hasRefused: Bool

    init(_ report: EmployersAPI.FeedReport, employer: String, isDry: Bool) {
        employerPath = "/employers/\(employer)"
        self.isDry = isDry
        created = "\(report.created)"
        changed = "\(report.changed)"
        unchanged = "\(report.unchanged)"
        closed = "\(report.closed)"
        refusedTotal = "\(report.refusedTotal)"
        refused = report.refused.map { RefusalView(id: $0.feedId, title: $0.title, message: $0.message) }
        hasRefused = !refused.isEmpty
    }
}
