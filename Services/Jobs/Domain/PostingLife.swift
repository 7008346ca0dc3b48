package import Calendar

/// Where a posting stands, and the one place that says what may follow.
///
/// ```
/// draft ──submit──▶ submitted ──approve──▶ published ──close, expire──▶ closed ──renew──▶ submitted | published
///   ▲                  │    ▲
///   ├───── revise ── rejected (with a reason)
///   └───── withdraw ─ submitted
/// ```
package struct PostingLife: Sendable, Equatable {
    /// Where it stands.
    package enum State: String, Sendable, CaseIterable {
        case draft, submitted, rejected, published, closed
    }

    /// Why a posting is closed.
    package enum CloseReason: String, Sendable, CaseIterable {
        /// Its last day went by.
        case expired
        /// The employer found somebody.
        case filled
        /// The employer took it back.
        case withdrawn
        /// A moderator took it down.
        case moderated
    }

    package private(set) var state: State
    package private(set) var closeReason: CloseReason?
    /// Why it was rejected, for its employer.
    package private(set) var rejection: String
    /// The day through which it is open.
    package private(set) var validThrough: CalendarDate
    /// First day on the board; nil before.
    package private(set) var publishedAt: UTCInstant?
    package private(set) var closedAt: UTCInstant?
    /// The day for whose expiry the employer was reminded; nil: not yet.
    package private(set) var remindedFor: CalendarDate?

    /// Days before the last one at which the employer is reminded.
    package static let reminderDays: Int64 = 5
    /// The longest time that a posting may be open at once, days: older ones are stale more often than not.
    package static let longestRun: Int64 = 60

    /// A draft.
    package init(validThrough: CalendarDate) {
        state = .draft
        rejection = ""
        self.validThrough = validThrough
    }

    /// What the store holds.
    package init(
        state: State, closeReason: CloseReason?, rejection: String, validThrough: CalendarDate,
        publishedAt: UTCInstant?, closedAt: UTCInstant?, remindedFor: CalendarDate?
    ) {
        self.state = state
        self.closeReason = closeReason
        self.rejection = rejection
        self.validThrough = validThrough
        self.publishedAt = publishedAt
        self.closedAt = closedAt
        self.remindedFor = remindedFor
    }

    /// The employer asks for publication.
    ///
    /// - Throws: `PostingError.wrongState` unless it is a draft or was rejected.
    package mutating func submit() throws(PostingError) {
        guard state == .draft || state == .rejected else { throw .wrongState(state, "submitted") }
        state = .submitted
        rejection = ""
    }

    /// A moderator lets it out.
    ///
    /// - Throws: `PostingError.wrongState` unless it was submitted, `.over` when its last day has gone by.
    package mutating func approve(at now: UTCInstant) throws(PostingError) {
        guard state == .submitted else { throw .wrongState(state, "approved") }
        guard validThrough >= now.date else { throw .over(validThrough) }
        state = .published
        publishedAt = now
        closedAt = nil
        closeReason = nil
        remindedFor = nil
    }

    /// A moderator sends it back.
    ///
    /// - Throws: `PostingError.wrongState` unless it was submitted.
    package mutating func reject(_ reason: String) throws(PostingError) {
        guard state == .submitted else { throw .wrongState(state, "rejected") }
        state = .rejected
        rejection = reason
    }

    /// Its employer takes it back before a moderator has read it; nothing happens in any other state.
    package mutating func withdraw() {
        if state == .submitted { state = .draft }
    }

    /// Its employer, or a moderator, ends it.
    ///
    /// - Throws: `PostingError.wrongState` unless it is published.
    package mutating func close(_ reason: CloseReason, at now: UTCInstant) throws(PostingError) {
        guard state == .published else { throw .wrongState(state, "closed") }
        state = .closed
        closeReason = reason
        closedAt = now
    }

    /// Open again until another day. A posting that a moderator took down goes through moderation once more; the others
    /// keep what was approved.
    ///
    /// - Throws: `PostingError.wrongState` unless it is published or closed, `.over` for a day gone by, `.tooLong`.
    package mutating func renew(through day: CalendarDate, at now: UTCInstant) throws(PostingError) {
        guard state == .published || state == .closed else { throw .wrongState(state, "renewed") }
        try Self.check(day, today: now.date)
        validThrough = day
        remindedFor = nil
        guard state == .closed else { return }
        state = closeReason == .moderated ? .submitted : .published
        closeReason = nil
        closedAt = nil
        if state == .published { publishedAt = now }
    }

    /// A new last day from a revision.
    package mutating func change(validThrough day: CalendarDate) { validThrough = day }

    /// What the calendar does; to be asked whenever, also long after: the answer depends on the day alone.
    package mutating func advance(to now: UTCInstant) -> Step? {
        guard state == .published else { return nil }
        if validThrough < now.date {
            state = .closed
            closeReason = .expired
            // The moment at which it ended, whenever that is noticed.
            closedAt = UTCInstant(startOf: validThrough.next)
            return .expired
        }
        let left = validThrough.daysSince1970 - now.date.daysSince1970
        guard left <= Self.reminderDays, remindedFor != validThrough else { return nil }
        remindedFor = validThrough
        return .reminded
    }

    /// What `advance` did.
    package enum Step: Sendable, Equatable {
        case expired, reminded
    }

    /// Whether a posting may be open through `day`.
    ///
    /// - Throws: `.over`, `.tooLong`.
    package static func check(_ day: CalendarDate, today: CalendarDate) throws(PostingError) {
        guard day >= today else { throw .over(day) }
        guard day.daysSince1970 - today.daysSince1970 <= longestRun else { throw .tooLong }
    }
}
