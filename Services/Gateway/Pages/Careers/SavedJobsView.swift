import Contracts

/// The saved jobs, as `savedjobs.mustache` takes them.
struct SavedJobsView: Sendable {
    let jobs: [JobSummaryView]
    let hasJobs: Bool
    let csrf: String

    init(_ reply: SeekersAPI.ListSavedJobsReply, csrf: String) {
        jobs = reply.jobs.map { JobSummaryView($0) }
        hasJobs = !jobs.isEmpty
        self.csrf = csrf
    }
}
