/// A moment in UTC, to the second: what the ledger, sessions and plans are dated with.
package struct UTCInstant: Sendable, Equatable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    package let seconds: Int64

    /// The moment `seconds` after 1970 began.
    package init(seconds: Int64) {
        self.seconds = seconds
    }

    /// Midnight at the beginning of `date`.
    package init(startOf date: CalendarDate) {
        self.init(seconds: date.daysSince1970 * 86_400)
    }

    /// The calendar day in UTC.
    package var date: CalendarDate {
        CalendarDate(daysSince1970: Int64((Double(seconds) / 86_400).rounded(.down)))
    }

    /// The moment `seconds` later.
    package func adding(seconds: Int64) -> UTCInstant { UTCInstant(seconds: self.seconds + seconds) }

    /// RFC 3339 in UTC, e.g. `2026-11-24T03:14:26Z`.
    package var rfc3339: String {
        let rest = seconds - date.daysSince1970 * 86_400
        let time = [rest / 3600, rest / 60 % 60, rest % 60].map { CalendarDate.padded($0, to: 2) }
        return "\(date)T\(time.joined(separator: ":"))Z"
    }

    package static func < (left: UTCInstant, right: UTCInstant) -> Bool { left.seconds < right.seconds }
}
