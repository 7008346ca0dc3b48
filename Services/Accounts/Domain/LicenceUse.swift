/// What decides whether an account may be shown a licensed text.
package struct LicenceUse: Sendable, Equatable {
    /// The decision.
    package enum Verdict: Sendable, Equatable {
        case allowed
        case noLicence
        case termsNeeded
        case noSeat
        case dailyLimit
    }

    package let licence: Licence?
    /// The version of the terms in force; nil: none are published.
    package let terms: String?
    package let hasAccepted: Bool
    /// Whether the account is a named user of this period.
    package let isNamed: Bool
    /// Named users of this period.
    package let seatsUsed: Int
    /// Whether the account has seen this very text today.
    package let isSeenToday: Bool
    /// Other texts that it has seen today.
    package let textsToday: Int

    /// As the store says.
    package init(
        licence: Licence?, terms: String?, hasAccepted: Bool, isNamed: Bool, seatsUsed: Int, isSeenToday: Bool,
        textsToday: Int
    ) {
        self.licence = licence
        self.terms = terms
        self.hasAccepted = hasAccepted
        self.isNamed = isNamed
        self.seatsUsed = seatsUsed
        self.isSeenToday = isSeenToday
        self.textsToday = textsToday
    }

    /// Whether the text may be shown on a day. Without published terms nobody can have accepted any: none are needed.
    package func verdict(on date: CalendarDate) -> Verdict {
        guard let licence, licence.status(on: date) == .active else { return .noLicence }
        if terms != nil && !hasAccepted { return .termsNeeded }
        if let seats = licence.seats, !isNamed, seatsUsed >= seats { return .noSeat }
        if let limit = licence.dailyTexts, !isSeenToday, textsToday >= limit { return .dailyLimit }
        return .allowed
    }

    /// Whether showing it must be written down first.
    package var needsCounting: Bool { !isNamed || !isSeenToday }
}
