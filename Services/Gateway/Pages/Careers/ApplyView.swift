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
