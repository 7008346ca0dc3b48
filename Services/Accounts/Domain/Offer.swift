package import Calendar

/// What can be bought.
package struct Offer: Sendable, Equatable {
    /// How long one payment lasts.
    package enum Interval: String, Sendable, CaseIterable {
        case month, year
    }

    /// e.g. `professional-month`
    package let id: String
    package let plan: PlanName
    package let interval: Interval
    /// For one period and seat, in the smallest unit of the currency.
    package let amount: Int64
    /// ISO 4217.
    package let currency: String
    /// 0: no trial.
    package let trialDays: Int64
    /// Sold to organisations, by the seat.
    package let isTeam: Bool
    package let isWithdrawn: Bool

    /// Longest trial, days.
    package static let longestTrial: Int64 = 365
    /// Offers that there may be: one page of a price list.
    package static let limit = 100

    /// Checks its parts.
    ///
    /// - Throws: `InvalidField` that names the part.
    package init(
        id: String, plan: PlanName, interval: String, amount: Int64, currency: String, trialDays: Int64,
        isTeam: Bool, isWithdrawn: Bool = false
    ) throws(InvalidField) {
        guard (1...64).contains(id.utf8.count), id.utf8.allSatisfy(isIdentifierByte) else {
            throw InvalidField("offer.id", "an offer is named by 1 to 64 letters, digits, - or _")
        }
        guard let interval = Interval(rawValue: interval) else {
            throw InvalidField("offer.interval", "an offer is for a month or a year")
        }
        guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw InvalidField("offer.currency", "a currency is three capital letters, like USD")
        }
        guard (0...Self.longestTrial).contains(trialDays) else {
            throw InvalidField("offer.trial_days", "a trial has at most \(Self.longestTrial) days")
        }
        self.id = id
        self.plan = plan
        self.interval = interval
        self.amount = amount
        self.currency = currency
        self.trialDays = trialDays
        self.isTeam = isTeam
        self.isWithdrawn = isWithdrawn
    }

    /// The end of a period that begins at a moment: the same day of a later month, or its last day.
    package func end(ofPeriodFrom start: UTCInstant) -> UTCInstant {
        let date = start.date
        let timeOfDay = start.seconds - UTCInstant(startOf: date).seconds
        var month = date.startOfMonth
        for _ in 0..<(interval == .month ? 1 : 12) { month = month.startOfNextMonth }
        let lastDay = month.startOfNextMonth.daysSince1970 - 1
        let day = min(month.daysSince1970 + date.day - 1, lastDay)
        return UTCInstant(startOf: CalendarDate(daysSince1970: day)).adding(seconds: timeOfDay)
    }
}
