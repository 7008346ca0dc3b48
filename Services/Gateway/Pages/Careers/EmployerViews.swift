import Contracts

/// The employers of a reader, as `employers.mustache` takes them.
struct EmployersView: Sendable {
    struct EmployerView: Sendable {
        let name: String
        let path: String
        let domain: String
        let isVerified: Bool
        let openJobs: String
    }

    let employers: [EmployerView]
    let hasEmployers: Bool
    let name: String
    let domain: String
    let website: String
    let about: String
    let csrf: String
    let problem: String?

    init(
        _ reply: EmployersAPI.ListMyEmployersReply, typed: EmployersAPI.CreateEmployerRequest, csrf: String,
        problem: String
    ) {
        employers = reply.employers.map {
            EmployerView(
                name: $0.name, path: "/employers/\($0.id)", domain: $0.domain, isVerified: $0.verified,
                openJobs: "\($0.openJobs)")
        }
        hasEmployers = !employers.isEmpty
        name = typed.name
        domain = typed.domain
        website = typed.website
        about = typed.about
        self.csrf = csrf
        self.problem = problem.shown
    }
}

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

/// Those who applied to a posting, as `applicants.mustache` takes them.
struct ApplicantsView: Sendable {
    struct ApplicantView: Sendable {
        let id: String
        let name: String
        let email: String
        let phone: String?
        let cover: String?
        let applied: String
        let stages: [ChoiceView]
        let note: String
        let resumePath: String
        let hasResume: Bool
        let headline: String?
        let credentials: String?
    }

    let jobPath: String
    let csvPath: String
    let title: String
    let applicants: [ApplicantView]
    let hasApplicants: Bool
    let csrf: String
    let problem: String?

    init(_ reply: SeekersAPI.ListApplicationsReply, job: JobsAPI.Job, csrf: String, problem: String) {
        jobPath = "/employers/jobs/\(job.id)"
        csvPath = "/employers/jobs/\(job.id)/applicants.csv"
        title = job.content?.title ?? ""
        applicants = reply.applications.map { one in
            ApplicantView(
                id: one.id, name: one.name, email: one.email, phone: one.phone.shown, cover: one.cover.shown,
                applied: JobWords.day(one.appliedAt),
                stages: ["received", "reviewing", "interview", "offer", "hired", "declined"].map {
                    ChoiceView(value: $0, label: JobWords.stage($0), isChosen: $0 == one.stage)
                }, note: one.note, resumePath: "/careers/applications/\(one.id)/resume", hasResume: one.hasResume,
                headline: one.profile?.headline.shown,
                credentials: (one.profile?.credentials ?? []).joined(separator: ", ").shown)
        }
        hasApplicants = !applicants.isEmpty
        self.csrf = csrf
        self.problem = problem.shown
    }
}

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
