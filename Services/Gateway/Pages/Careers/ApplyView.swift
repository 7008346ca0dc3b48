import Contracts

/// The form of an application, as `apply.mustache` takes it.
struct ApplyView: Sendable {
    /// What was typed.
    struct Fields: Sendable {
        var name = ""
        var email = ""
        var phone = ""
        var cover = ""
    }

    let path: String
    let jobPath: String
    let title: String
    let employer: String
    let isOpen: Bool
    let isApplied: Bool
    let appliesHere: Bool
    let name: String
    let email: String
    let phone: String
    let cover: String
    let csrf: String
    let problem: String?

    init(_ job: JobsAPI.Job, fields: Fields, csrf: String, failure: Failure?) {
        path = "/careers/\(job.id)/apply"
        jobPath = "/careers/\(job.id)"
        title = job.content?.title ?? ""
        employer = job.employer?.name ?? ""
        isOpen = job.state == "published"
        isApplied = job.applied
        appliesHere = job.content?.applyMethod == "form"
        name = fields.name
        email = fields.email
        phone = fields.phone
        cover = fields.cover
        self.csrf = csrf
        problem = failure?.message.shown
    }
}

/// A reader's applications, as `applications.mustache` takes them.
struct MyApplicationsView: Sendable {
    struct ApplicationView: Sendable {
        let id: String
        let title: String
        let jobPath: String
        let stage: String
        let applied: String
        let resumePath: String
        let hasResume: Bool
        let mayWithdraw: Bool
    }

    let applications: [ApplicationView]
    let hasApplications: Bool
    let csrf: String

    init(_ reply: SeekersAPI.ListApplicationsReply, csrf: String) {
        applications = reply.applications.map { application in
            ApplicationView(
                id: application.id, title: application.jobTitle, jobPath: "/careers/\(application.jobId)",
                stage: JobWords.stage(application.stage), applied: JobWords.day(application.appliedAt),
                resumePath: "/careers/applications/\(application.id)/resume", hasResume: application.hasResume,
                mayWithdraw: application.stage != "withdrawn")
        }
        hasApplications = !applications.isEmpty
        self.csrf = csrf
    }
}
