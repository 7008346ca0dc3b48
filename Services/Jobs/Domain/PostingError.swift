package import Calendar

/// Why something cannot be done with a posting.
package enum PostingError: Error, Sendable, Equatable {
    /// The state it is in, and what was asked for.
    case wrongState(PostingLife.State, String)
    /// The day has gone by.
    case over(CalendarDate)
    /// Further ahead than `PostingLife.longestRun`.
    case tooLong
    /// Another posting, which is open or waits, says the same.
    case duplicate(of: PostingID, why: DuplicateReason)
    /// There is no such posting, or not for this caller.
    case unknown
    /// Somebody else changed it since it was read.
    case stale
    /// The employer has to prove its domain first.
    case unverified
    /// The fields that break a rule, each with one message.
    case invalid([FieldFault])
}

/// How two postings are the same.
package enum DuplicateReason: String, Sendable, CaseIterable {
    /// Both lead to one address of application.
    case sameLink = "same_link"
    /// Same title, company and place.
    case sameJob = "same_job"
    /// Nearly the same text.
    case sameText = "same_text"
}

/// A field that breaks a rule: which one, and what to do.
package struct FieldFault: Sendable, Equatable {
    package let field: String
    package let message: String

    /// `field` as the contract names it.
    package init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }
}
