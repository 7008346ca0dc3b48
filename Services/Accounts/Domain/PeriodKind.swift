package import Calendar

/// Over which stretch of time an allowance counts.
package enum PeriodKind: String, Sendable {
    /// A calendar day in UTC.
    case day
    /// A calendar month in UTC.
    case month
    /// 30 days of 24 hours from the first grant.
    case rolling30Days = "rolling_30_days"

    /// Seconds in a rolling period.
    static let rollingSeconds: Int64 = 30 * 86_400

    /// The period that a charge at `now` falls into.
    ///
    /// - Parameter latest: the newest period that the ledger holds for the subject and feature, if any.
    package func period(at now: UTCInstant, latest: Period?) -> Period {
        switch self {
        case .day:
            return Period(start: UTCInstant(startOf: now.date), end: UTCInstant(startOf: now.date.next))
        case .month:
            return Period(
                start: UTCInstant(startOf: now.date.startOfMonth), end: UTCInstant(startOf: now.date.startOfNextMonth))
        case .rolling30Days:
            if let latest, now < latest.end { return latest }
            return Period(start: now, end: now.adding(seconds: Self.rollingSeconds))
        }
    }

    /// Whether a period begins with its first charge, so that it has no end before.
    package var beginsWithFirstCharge: Bool { self == .rolling30Days }
}
