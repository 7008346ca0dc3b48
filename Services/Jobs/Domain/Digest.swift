package import Calendar

/// The news of one account in one morning, over all its saved searches.
package struct Digest: Sendable, Equatable {
    package let account: String
    /// The searches that were looked at.
    package let searches: [SavedSearch]
    /// Those of them that have news.
    package let withNews: Set<String>
    /// The postings to be mailed, the newest first; empty: nothing is sent.
    package let postings: [PostingID]

    /// Postings shown in full; the rest is behind the link.
    package static let shown = 20
    /// Postings of one digest: a search that finds more is no search.
    package static let limit = 200
    /// Commits of the last minute may not be on the board yet: they are for the next morning.
    static let margin: Int64 = 60

    /// The news of an account.
    package init(account: String, searches: [SavedSearch], withNews: Set<String>, postings: [PostingID]) {
        self.account = account
        self.searches = searches
        self.withNews = withNews
        self.postings = postings
    }

    /// Until when postings count in a run at `now`.
    package static func cut(at now: UTCInstant) -> UTCInstant { now.adding(seconds: -margin) }
}
