/// A day of the proleptic Gregorian calendar in UTC.
struct CalendarDay: Sendable, Equatable {
    let year: Int
    let month: Int
    let day: Int

    /// The day that a second falls on. Counted in years that begin in March, so that leap days come last.
    init(secondsSince1970 seconds: Int) {
        let shifted = (seconds < 0 ? (seconds - 86_399) / 86_400 : seconds / 86_400) + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// `YYYY-MM`, as instants and dates of the contract begin.
    var monthText: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }

    /// E.g. `November 2026`.
    var monthWords: String { "\(UTCInstant.months[month - 1]) \(year)" }

    var daysInMonth: Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
