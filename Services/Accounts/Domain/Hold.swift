package import Calendar

/// A charge for work that is under way: committed when it was delivered, given back when it failed or took too long.
package struct Hold: Sendable, Equatable {
    /// Where a hold stands. Stored as a number.
    package enum State: Int64, Sendable {
        case open = 0
        case committed = 1
        case refunded = 2
        case expired = 3
    }

    /// How it may be closed.
    package enum Closing: Sendable {
        case commit
        case refund
        /// By the sweeper.
        case expiry
    }

    /// What closing it does.
    package enum Step: Sendable, Equatable {
        /// Enter this kind, and remember the state.
        case enter(EntryKind, State)
        /// It was closed so before: the answer is the same.
        case nothing
    }

    package let id: HoldID
    package let expiresAt: UTCInstant
    package let state: State

    /// Seconds that work may take; the default is for an answer, the longest for a case that waits for a person.
    package static let lifetimes: ClosedRange<Int64> = 1...86_400
    /// Seconds when the caller does not say.
    package static let defaultLifetime: Int64 = 900

    /// A hold as it is stored.
    package init(id: HoldID, expiresAt: UTCInstant, state: State) {
        self.id = id
        self.expiresAt = expiresAt
        self.state = state
    }

    /// What closing it at `now` does.
    ///
    /// - Throws: `HoldError` when it was closed otherwise before, or is committed too late.
    package func close(_ closing: Closing, at now: UTCInstant) throws(HoldError) -> Step {
        switch (closing, state) {
        case (.commit, .open):
            guard now < expiresAt else { throw .expired }
            return .enter(.commit, .committed)
        case (.commit, .committed): return .nothing
        case (.commit, .refunded): throw .refunded
        case (.commit, .expired): throw .expired
        case (.refund, .open): return .enter(.refund, .refunded)
        case (.refund, .committed): throw .committed
        case (.refund, .refunded), (.refund, .expired): return .nothing
        case (.expiry, .open): return now < expiresAt ? .nothing : .enter(.expiry, .expired)
        case (.expiry, _): return .nothing
        }
    }
}
