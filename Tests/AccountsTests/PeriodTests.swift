import Accounts
import Calendar
import Testing

@Suite struct PeriodTests {
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
