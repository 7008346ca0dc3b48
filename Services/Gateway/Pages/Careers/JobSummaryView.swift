import Contracts

/// A job in a list, as `jobitem.mustache` takes it.
struct JobSummaryView: Sendable {
    let id: String
    let title: String
    let path: String
    let employer: String
    let employerPath: String
    let place: String?
    let workplace: String
    let salary: String?
    let type: String
    let credentials: [String]
    let welcomesApprentices: Bool
    let posted: String
    let isClosed: Bool
    let isSample: Bool

    init(_ job: JobsAPI.JobSummary) {
        id = job.id
        title = job.title
        path = "/careers/\(job.id)"
        employer = job.employerName
        employerPath = "/employers/\(job.employerId)"
        place = job.place.shown
        workplace = JobWords.workplace(job.workplace)
        salary = job.salary.shown
        type = JobWords.employment(job.employment)
        credentials = job.credentialsRequired
        welcomesApprentices = job.welcomesApprentices
        posted = JobWords.day(job.publishedAt)
        isClosed = job.state == "closed"
        isSample = job.sample
    }
}
