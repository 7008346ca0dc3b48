package import Calendar

/// What a payment provider says has happened. Holds nothing of how it was paid.
package struct PaymentEvent: Sendable, Equatable {
    /// What happened.
    package enum Kind: String, Sendable, CaseIterable {
        /// Paid for the first time, or begun with a trial.
        case started
        /// Paid for another period.
        case renewed
        /// A payment did not go through; the provider tries again.
        case failed
        /// No further payment: it runs to the end of its period.
        case cancelled
        /// Cancelled before, and wanted again.
        case resumed
        /// Another offer or other seats from now on.
        case changed
        /// Over at once, as after a refund.
        case ended
    }

    /// The provider's; an event is applied once.
    package let id: String
    package let kind: Kind
    /// The checkout that it began with.
    package let checkout: String
    /// When it happened, by the provider's clock.
    package let at: UTCInstant
    /// To when it is paid for now; nil: not said.
    package let periodEnd: UTCInstant?
    /// The offer from now on; nil: as before.
    package let offer: String?
    /// The seats from now on; nil: as before.
    package let seats: Int?
    /// `started`: with a trial.
    package let isTrial: Bool

    /// Longest period, seconds: ten years and leap days.
    static let longestPeriod: Int64 = 3_653 * 86_400

    /// Checks its parts.
    ///
    /// - Throws: `InvalidField` that names the part.
    package init(
        id: String, kind: String, checkout: String, at: UTCInstant, periodEnd: UTCInstant? = nil,
        offer: String? = nil, seats: Int? = nil, isTrial: Bool = false
    ) throws(InvalidField) {
        let isName: (String) -> Bool = { text in
            (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { isIdentifierByte($0) || $0 == 0x2E }
        }
        guard isName(id) else { throw InvalidField("id", "an event's id has 1 to 128 letters, digits, -, _ or .") }
        guard isName(checkout) else { throw InvalidField("checkout", "an event names the checkout that it is of") }
        guard let kind = Kind(rawValue: kind) else {
            let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw InvalidField("type", "an event is one of \(kinds)")
        }
        if kind == .started || kind == .renewed {
            guard periodEnd != nil else { throw InvalidField("period_end", "say to when it is paid for") }
        }
        if let periodEnd {
            guard periodEnd > at, periodEnd.seconds - at.seconds <= Self.longestPeriod else {
                throw InvalidField("period_end", "a period ends after the event and within ten years")
            }
        }
        if let seats, !Organisation.seatRange.contains(seats) {
            throw InvalidField("seats", "seats are 1 to \(Organisation.seatRange.upperBound)")
        }
        self.id = id
        self.kind = kind
        self.checkout = checkout
        self.at = at
        self.periodEnd = periodEnd
        self.offer = offer
        self.seats = seats
        self.isTrial = isTrial
    }
}
