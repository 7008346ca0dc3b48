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

/// The saved searches, as `savedsearches.mustache` takes them.
struct SavedSearchesView: Sendable {
    struct SearchView: Sendable {
        let id: String
        let name: String
        let path: String
        let feedPath: String
        let rhythms: [ChoiceView]
        let mailed: String
    }

    let searches: [SearchView]
    let hasSearches: Bool
    let isVerified: Bool
    let csrf: String
    let problem: String?

    init(_ reply: SeekersAPI.ListSavedSearchesReply, isVerified: Bool, csrf: String, problem: String) {
        searches = reply.searches.map { saved in
            let query = CareersQuery(saved.search ?? JobsAPI.SearchJobsRequest())
            return SearchView(
                id: saved.id, name: saved.name, path: query.path(), feedPath: query.path(at: "/careers.atom"),
                rhythms: ["daily", "weekly", "never"].map {
                    ChoiceView(value: $0, label: JobWords.rhythm($0), isChosen: $0 == saved.rhythm)
                },
                mailed: JobWords.day(saved.mailedAt))
        }
        hasSearches = !searches.isEmpty
        self.isVerified = isVerified
        self.csrf = csrf
        self.problem = problem.shown
    }
}

/// What a seeker tells employers, as `profile.mustache` takes it.
struct ProfileView: Sendable {
    let name: String
    let headline: String
    let credentials: String
    let specialties: String
    let years: String
    let state: String
    let remoteOnly: Bool
    let csrf: String
    let notice: String?
    let problem: String?

    init(_ profile: SeekersAPI.Profile, csrf: String, notice: String, problem: String) {
        name = profile.name
        headline = profile.headline
        credentials = profile.credentials.joined(separator: ", ")
        specialties = profile.specialties.map(JobWords.specialty).joined(separator: ", ")
        years = profile.years == 0 ? "" : "\(profile.years)"
        state = profile.state
        remoteOnly = profile.remoteOnly
        self.csrf = csrf
        self.notice = notice.shown
        self.problem = problem.shown
    }
}

/// The end of digests, as `unsubscribe.mustache` takes it.
struct UnsubscribeView: Sendable {
    let path: String
    let isDone: Bool
}
