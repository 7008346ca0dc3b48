import Contracts

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
