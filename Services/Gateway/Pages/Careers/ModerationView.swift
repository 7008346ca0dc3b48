import Contracts

/// The moderators' queue, as `moderation.mustache` takes it.
struct ModerationView: Sendable {
    struct WaitingView: Sendable {
        let id: String
        let title: String
        let employer: String
        let domain: String
        let path: String
        let revision: String
        let isNew: Bool
        let description: String
        let facts: String
        let target: String
    }

    struct ReportView: Sendable {
        let id: String
        let title: String
        let path: String
        let reason: String
        let text: String
        let at: String
        let revision: String
    }

    let sections: [AccountSection.Item]
    let waiting: [WaitingView]
    let hasWaiting: Bool
    let reports: [ReportView]
    let hasReports: Bool
    let nextPath: String
    let hasNext: Bool
    let csrf: String
    let problem: String?

    init(
        _ reply: ModerationAPI.ListModerationReply, reader: AccountsAPI.Account, csrf: String, problem: String
    ) {
        sections = AdministrationSection.moderation.navigation(for: reader)
        waiting = reply.submitted.map { job in
            let content = job.content ?? JobsAPI.JobContent()
            let facts = [
                JobWords.workplace(content.workplace), job.summary?.place ?? "",
                JobWords.employment(content.employment),
                job.summary?.salary ?? "", content.credentialsRequired.joined(separator: ", "),
            ]
            return WaitingView(
                id: job.id, title: content.title, employer: job.employer?.name ?? "",
                domain: job.employer?.domain ?? "",
                path: "/careers/\(job.id)", revision: "\(job.revision)", isNew: job.state == "submitted",
                description: Markdown.html(content.description),
                facts: facts.filter { !$0.isEmpty }.joined(separator: " · "),
                target: content.applyMethod == "form" ? "the form here" : content.applyTarget)
        }
        hasWaiting = !waiting.isEmpty
        reports = reply.reports.map { report in
            ReportView(
                id: report.jobId, title: report.jobTitle, path: "/careers/\(report.jobId)",
                reason: report.reason.replacing("_", with: " "), text: report.text, at: JobWords.day(report.at),
                revision: "\(report.revision)")
        }
        hasReports = !reports.isEmpty
        nextPath = "/admin/careers" + PercentCoding.query([(name: "page_token", value: reply.nextPageToken)])
        hasNext = !reply.nextPageToken.isEmpty
        self.csrf = csrf
        self.problem = problem.shown
    }
}
