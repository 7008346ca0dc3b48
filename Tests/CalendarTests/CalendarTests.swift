import Calendar
import Testing

@Suite("Days and moments")
struct CalendarTests {
    @Test("Every day of eight centuries comes back from its number and its text")
    func days() throws {
        for number in stride(from: Int64(-100_000), through: 200_000, by: 17) {
            let day = CalendarDate(daysSince1970: number)
            #expect(day.daysSince1970 == number)
            #expect(CalendarDate(day.description) == day)
        }
    }

    @Test(
        "What is no day is refused",
        arguments: ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "", "2026-01-32", "2026-01-0x"])
    func noDays(text: String) { #expect(CalendarDate(text) == nil) }

    @Test("A moment is written as RFC 3339, before 1970 too")
    func moments() {
        #expect(UTCInstant(seconds: 0).rfc3339 == "1970-01-01T00:00:00Z")
        #expect(UTCInstant(seconds: -1).rfc3339 == "1969-12-31T23:59:59Z")
        #expect(UTCInstant(seconds: 1_795_500_000).rfc3339 == "2026-11-24T06:00:00Z")
    }

    @Test("Months end where they should, leap years too")
    func months() throws {
        #expect(try #require(CalendarDate("2024-02-29")).next.description == "2024-03-01")
        #expect(try #require(CalendarDate("2026-12-31")).startOfNextMonth.description == "2027-01-01")
    }
}
