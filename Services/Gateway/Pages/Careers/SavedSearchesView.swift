import Contracts

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
