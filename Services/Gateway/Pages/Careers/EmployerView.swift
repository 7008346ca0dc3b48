import Contracts

/// An employer's page, as `employer.mustache` takes it: for everyone, and with what its own people do there.
struct EmployerView: Sendable {
    struct PostingView: Sendable {
        let title: String
        let path: String
        let applicantsPath: String
        let state: String
        let isOpen: Bool
        let waits: Bool
        let lastDay: String
        let views: String
        let clicks: String
        let applicants: String
    }

    struct MemberView: Sendable {
        let account: String
        let role: String
        let mayGo: Bool
    }

    let id: String
    let name: String
    let domain: String
    let website: String?
    let about: String
    let rawAbout: String
    let isVerified: Bool
    let isSample: Bool
    let jobs: [JobSummaryView]
    let hasJobs: Bool
    let isOwn: Bool
    let postings: [PostingView]
    let hasPostings: Bool
    let members: [MemberView]
    let recordName: String
    let recordText: String
    let nextPath: String
    let hasNext: Bool
    let csrf: String
    let notice: String?
    let problem: String?

    init(
        _ employer: JobsAPI.Employer, open: [JobsAPI.JobSummary], own: EmployersAPI.ListEmployerJobsReply?,
        proof: EmployersAPI.DomainProof?, csrf: String, notice: String, problem: String
    ) {
        id = employer.id
        name = employer.name
        domain = employer.domain
        website = employer.website.shown
        about = Markdown.html(employer.about)
        rawAbout = employer.about
        isVerified = employer.verified
        isSample = employer.sample
        jobs = open.map { JobSummaryView($0) }
        hasJobs = !jobs.isEmpty
        isOwn = own != nil
        postings = (own?.jobs ?? []).map { job in
            PostingView(
                title: job.content?.title ?? "", path: "/employers/jobs/\(job.id)",
                applicantsPath: "/employers/jobs/\(job.id)/applicants", state: JobWords.state(job.state),
                isOpen: job.state == "published", waits: job.waits,
                lastDay: JobWords.date(job.content?.validThrough ?? ""), views: "\(job.counts?.views ?? 0)",
                clicks: "\(job.counts?.clicks ?? 0)", applicants: "\(job.counts?.applicants ?? 0)")
        }
        hasPostings = !postings.isEmpty
        members = employer.members.map { MemberView(account: $0.account, role: $0.role, mayGo: $0.role != "owner") }
        recordName = proof?.recordName ?? ""
        recordText = proof?.recordText ?? ""
        nextPath =
            "/employers/\(employer.id)" + PercentCoding.query([(name: "page_token", value: own?.nextPageToken ?? "")])
        hasNext = own?.nextPageToken.isEmpty == false
        self.csrf = csrf
        self.notice = notice.shown
        self.problem = problem.shown
    }
}
