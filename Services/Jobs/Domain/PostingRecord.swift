package import Calendar

/// A posting as the store has it: where it stands, and which of its revisions counts.
package struct PostingRecord: Sendable, Equatable {
    package let id: PostingID
    package let employer: EmployerID
    package var life: PostingLife
    /// The revision on the board; 0: none was ever approved.
    package var live: Int
    /// The latest revision.
    package var head: Int
    package let createdAt: UTCInstant
    /// Since when a moderator is waited for; nil: nobody waits.
    package var submittedAt: UTCInstant?
    package var updatedAt: UTCInstant
    /// The id in the employer's feed; empty: written by hand.
    package let feedID: String
    package let views: Int
    package let clicks: Int
    package let applicants: Int

    /// What the store holds.
    package init(
        id: PostingID, employer: EmployerID, life: PostingLife, live: Int, head: Int, createdAt: UTCInstant,
        submittedAt: UTCInstant?, updatedAt: UTCInstant, feedID: String, views: Int = 0, clicks: Int = 0,
        applicants: Int = 0
    ) {
        self.id = id
        self.employer = employer
        self.life = life
        self.live = live
        self.head = head
        self.createdAt = createdAt
        self.submittedAt = submittedAt
        self.updatedAt = updatedAt
        self.feedID = feedID
        self.views = views
        self.clicks = clicks
        self.applicants = applicants
    }

    /// Whether everybody may read it.
    package var isPublic: Bool { live > 0 && (life.state == .published || life.state == .closed) }
}
