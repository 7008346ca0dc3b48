import Contracts

/// A job's page, as `job.mustache` takes it.
struct JobView: Sendable {
    struct FactView: Sendable {
        let name: String
        let text: String
    }

    let id: String
    let title: String
    let state: String
    let isOpen: Bool
    let isClosed: Bool
    let closing: String
    let isSample: Bool
    let employer: String
    let employerPath: String
    let isVerified: Bool
    let summary: JobSummaryView
    let facts: [FactView]
    /// HTML that `Markdown` made.
    let description: String
    /// JSON for a data block, escaped for it; empty unless the job is open.
    let structured: String
    let hasStructured: Bool
    let appliesHere: Bool
    let applyPath: String
    let applyWords: String
    let isApplied: Bool
    let isSaved: Bool
    let isSignedIn: Bool
    let loginPath: String
    let isOwn: Bool
    let ownPath: String
    let similar: [JobSummaryView]
    let hasSimilar: Bool
    let posted: String
    let updated: String
    let lastDay: String
    let csrf: String
    let notice: String?
    let problem: String?

    init(
        _ job: JobsAPI.Job, origin: String, csrf: String, isSignedIn: Bool, notice: String = "", problem: String = ""
    ) {
        let content = job.content ?? JobsAPI.JobContent()
        let employer = job.employer ?? JobsAPI.Employer()
        id = job.id
        title = content.title
        state = JobWords.state(job.state)
        isOpen = job.state == "published"
        isClosed = job.state == "closed"
        closing = JobWords.closing(job.closeReason)
        isSample = employer.sample
        self.employer = employer.name
        employerPath = "/employers/\(employer.id)"
        isVerified = employer.verified
        summary = JobSummaryView(job.summary ?? JobsAPI.JobSummary())
        facts = Self.facts(content, summary: job.summary)
        description = Markdown.html(content.description)
        structured = isOpen ? JobPostingData(job, origin: origin).text : ""
        hasStructured = isOpen
        appliesHere = content.applyMethod == "form"
        applyPath = appliesHere ? "/careers/\(job.id)/apply" : "/careers/\(job.id)/go"
        applyWords =
            appliesHere ? "Apply" : content.applyMethod == "email" ? "Apply by mail" : "Apply on the employer's site"
        isApplied = job.applied
        isSaved = job.saved
        self.isSignedIn = isSignedIn
        loginPath = "/login" + PercentCoding.query([(name: "next", value: "/careers/\(job.id)")])
        isOwn = job.counts != nil
        ownPath = "/employers/jobs/\(job.id)"
        similar = job.similar.map { JobSummaryView($0) }
        hasSimilar = !similar.isEmpty
        posted = JobWords.day(job.publishedAt)
        updated = JobWords.day(job.updatedAt)
        lastDay = JobWords.date(content.validThrough)
        self.csrf = csrf
        self.notice = notice.shown
        self.problem = problem.shown
    }

    private static func facts(_ content: JobsAPI.JobContent, summary: JobsAPI.JobSummary?) -> [FactView] {
        let pay = summary?.salary ?? ""
        let (least, most) = (summary?.dollarsAYearMinimum ?? 0, summary?.dollarsAYearMaximum ?? 0)
        let year = least == most ? "$\(least.grouped)" : "$\(least.grouped)–\(most.grouped)"
        let isYearly = pay.hasSuffix("a year")
        let list: [(String, String)] = [
            ("Credentials required", content.credentialsRequired.joined(separator: ", ")),
            ("Credentials preferred", content.credentialsPreferred.joined(separator: ", ")),
            ("Apprentices", content.welcomesApprentices ? "A CPC-A is welcome" : ""),
            ("Specialties", content.specialties.map(JobWords.specialty).joined(separator: ", ")),
            ("Setting", JobWords.setting(content.setting)),
            (
                "Workplace",
                [JobWords.workplace(content.workplace), content.workplace == "remote" ? "" : summary?.place ?? ""]
                    .filter { !$0.isEmpty }.joined(separator: ", ")
            ),
            (
                "States allowed",
                content.workplace == "remote"
                    ? content.statesAllowed.isEmpty ? "All" : content.statesAllowed.joined(separator: ", ") : ""
            ),
            ("Type", JobWords.employment(content.employment)),
            ("Hours a week", content.hoursAWeek == 0 ? "" : "\(content.hoursAWeek)"),
            ("Salary", pay.isEmpty ? "Not said" : isYearly ? pay : "\(pay), about \(year) a year"),
            ("Productivity", content.productivity),
            ("Health records", content.records.joined(separator: ", ")),
            ("Encoders", content.encoders.joined(separator: ", ")),
            ("Benefits", content.benefits.joined(separator: ", ")),
        ]
        return list.filter { !$0.1.isEmpty }.map { FactView(name: $0.0, text: $0.1) }
    }
}
