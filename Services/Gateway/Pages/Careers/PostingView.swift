import Contracts

/// What an employer sees of one of its postings, as `posting.mustache` takes it.
struct PostingView: Sendable {
    struct RevisionView: Sendable {
        let number: String
        let at: String
    }

    let id: String
    let title: String
    let state: String
    let isDraft: Bool
    let isOpen: Bool
    let isClosed: Bool
    let maySubmit: Bool
    let mayRenew: Bool
    let waits: Bool
    let rejection: String?
    let closing: String?
    let lastDay: String
    let publicPath: String
    let isPublic: Bool
    let editPath: String
    let employer: String
    let employerPath: String
    let views: String
    let clicks: String
    let applicants: String
    let applicantsPath: String
    let faults: [JobFormView.FaultView]
    let hasFaults: Bool
    let revisions: [RevisionView]
    let csrf: String
    let problem: String?

    init(_ job: JobsAPI.Job, revisions: EmployersAPI.ListRevisionsReply, csrf: String, problem: String) {
        id = job.id
        title = job.content?.title ?? ""
        state = JobWords.state(job.state)
        isDraft = job.state == "draft"
        isOpen = job.state == "published"
        isClosed = job.state == "closed"
        maySubmit = job.state == "draft" || job.state == "rejected"
        mayRenew = isOpen || isClosed
        waits = job.waits
        rejection = job.state == "rejected" ? job.rejection.shown : nil
        closing = isClosed ? JobWords.closing(job.closeReason).shown : nil
        lastDay = JobWords.date(job.content?.validThrough ?? "")
        publicPath = "/careers/\(job.id)"
        isPublic = isOpen || isClosed
        editPath = "/employers/jobs/\(job.id)/edit"
        employer = job.employer?.name ?? ""
        employerPath = "/employers/\(job.employer?.id ?? "")"
        views = "\(job.counts?.views ?? 0)"
        clicks = "\(job.counts?.clicks ?? 0)"
        applicants = "\(job.counts?.applicants ?? 0)"
        applicantsPath = "/employers/jobs/\(job.id)/applicants"
        faults = job.faults.map { JobFormView.FaultView(field: JobWords.specialty($0.field), message: $0.message) }
        hasFaults = !faults.isEmpty
        self.revisions = revisions.revisions.map {
            RevisionView(number: "\($0.number)", at: UTCInstant($0.at)?.words ?? $0.at)
        }
        self.csrf = csrf
        self.problem = problem.shown
    }
}
