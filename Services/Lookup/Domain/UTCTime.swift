/// A time of day in UTC, to the second.
struct UTCTime: Sendable, Equatable {
    private let day: Day
    private let secondOfDay: Int

    /// - Parameter secondsSince1970: within the years 1970 to 9999; others are taken as the nearest of these.
    init(secondsSince1970: Int64) {
        let seconds = min(max(secondsSince1970, 0), 253_402_300_799)
        secondOfDay = Int(seconds % 86_400)
        day = Day(daysSince1970: Int(seconds / 86_400))
    }

    /// The calendar day.
    var date: Day { day }
}

extension UTCTime: CustomStringConvertible {
    /// RFC 3339: 2026-02-03T04:05:06Z.
    var description: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(day)T\(two(secondOfDay / 3_600)):\(two(secondOfDay / 60 % 60)):\(two(secondOfDay % 60))Z"
    }
}

extension Day {
    /// Civil day from a count of days, after Howard Hinnant's `civil_from_days`: years begin in March, so that the leap
    /// day comes last, and eras of 400 years repeat.
    init(daysSince1970: Int) {
        let shifted = daysSince1970 + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.init(unchecked: Int32(year * 10_000 + month * 100 + day))
    }
}
