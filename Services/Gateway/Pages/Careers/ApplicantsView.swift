import Contracts

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
