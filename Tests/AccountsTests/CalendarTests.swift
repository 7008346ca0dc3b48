import Accounts
import Testing

@Suite struct CalendarTests {
    @Test(
        arguments: [
            (0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (11_017, "2000-03-01"),
            (20_513, "2026-03-01"), (-25_509, "1900-02-28"), (-25_508, "1900-03-01"),
        ] as [(Int64, String)])
    func `days since 1970 and dates are two names of one day`(days: Int64, text: String) {
        #expect(CalendarDate(daysSince1970: days).description == text)
        #expect(CalendarDate(text)?.daysSince1970 == days)
    }

    @Test func `every day of four centuries comes back`() {
        var expected = CalendarDate(daysSince1970: -100_000)
        for days in Int64(-100_000)...50_000 {
            let date = CalendarDate(daysSince1970: days)
            #expect(date.daysSince1970 == days && date == expected)
            expected = date.next
        }
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-32", "", "2026-01-01 ", "+026-01-01",
    ])
    func `what is no day is no date`(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func `a moment is written as RFC 3339 says`() {
        #expect(UTCInstant(seconds: 1_772_323_199).rfc3339 == "2026-02-28T23:59:59Z")
        #expect(UTCInstant(seconds: -1).rfc3339 == "1969-12-31T23:59:59Z")
    }

    @Test func `a month ends where the next begins, over the end of the year too`() throws {
        let december = try #require(CalendarDate("2026-12-31"))
        let period = PeriodKind.month.period(at: UTCInstant(startOf: december), latest: nil)
        #expect(period.start.rfc3339 == "2026-12-01T00:00:00Z")
        #expect(period.end.rfc3339 == "2027-01-01T00:00:00Z")
    }

    @Test func `a rolling period lasts 30 days from its first charge`() {
        let start = UTCInstant(seconds: 1_000_000)
        let first = PeriodKind.rolling30Days.period(at: start, latest: nil)
        #expect(first.end.seconds - first.start.seconds == 30 * 86_400)
        let last = first.end.adding(seconds: -1)
        #expect(PeriodKind.rolling30Days.period(at: last, latest: first) == first)
        #expect(PeriodKind.rolling30Days.period(at: first.end, latest: first).start == first.end)
    }
}
