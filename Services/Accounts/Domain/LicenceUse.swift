package import Calendar

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
    /// The organisation that the named user is booked to: the oldest membership with a licensed seat left; nil: none.
    package let organisation: OrganisationID?
    /// The account belongs to organisations, and none of them has a licensed seat left.
    package let isWithoutOrganisationSeat: Bool
    /// Whether the account has seen this very text today.
    package let isSeenToday: Bool
    /// Other texts that it has seen today.
    package let textsToday: Int

    /// As the store says.
    package init(
        licence: Licence?, terms: String?, hasAccepted: Bool, isNamed: Bool, seatsUsed: Int, isSeenToday: Bool,
        textsToday: Int, organisation: OrganisationID? = nil, isWithoutOrganisationSeat: Bool = false
    ) {
        self.licence = licence
        self.terms = terms
        self.hasAccepted = hasAccepted
        self.isNamed = isNamed
        self.seatsUsed = seatsUsed
        self.isSeenToday = isSeenToday
        self.textsToday = textsToday
        self.organisation = organisation
        self.isWithoutOrganisationSeat = isWithoutOrganisationSeat
    }

    /// Whether the text may be shown on a day. Without published terms nobody can have accepted any: none are needed.
    ///
    /// - Parameter year: of the code set that the text is of; nil: not asked.
    package func verdict(on date: CalendarDate, year: Int64? = nil) -> Verdict {
        guard let licence, licence.status(on: date) == .active else { return .noLicence }
        if let year, let years = licence.years, !years.contains(year) { return .noLicence }
        if terms != nil && !hasAccepted { return .termsNeeded }
        if !isNamed, isWithoutOrganisationSeat { return .noSeat }
        if let seats = licence.seats, !isNamed, seatsUsed >= seats { return .noSeat }
        if !isSeenToday, textsToday >= licence.dailyTexts ?? Licence.usualDailyTexts { return .dailyLimit }
        return .allowed
    }

    /// Whether showing it must be written down first.
    package var needsCounting: Bool { !isNamed || !isSeenToday }
}
