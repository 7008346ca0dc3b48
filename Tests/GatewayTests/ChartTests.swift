import Contracts
import Testing

@testable import Gateway

@Suite("Charts drawn on the server")
struct ChartTests {
    @Test("A day is the calendar's, leap years included")
    func days() {
        #expect(CalendarDay(secondsSince1970: 0).monthWords == "January 1970")
        let leap = CalendarDay(secondsSince1970: 1_709_164_800)
        #expect((leap.year, leap.month, leap.day) == (2024, 2, 29))
        #expect(leap.daysInMonth == 29)
        #expect(CalendarDay(secondsSince1970: 1_798_761_600 - 1).monthText == "2026-12")
    }

    @Test("The usage chart counts what was opened, gives back refunds, and leaves other months out")
    func usage() {
        let today = CalendarDay(secondsSince1970: 1_795_478_400)
        let entry = { (at: String, kind: String, item: String) in
            AccountsAPI.UsageEntry(at: at, feature: "code_page", kind: kind, item: item, amount: -1)
        }
        let chart = UsageChart(
            [
                entry("2026-11-03T10:00:00Z", "charge", "icd10cm/E11.9"),
                entry("2026-11-03T11:00:00Z", "charge", "icd10cm/E11.8"),
                entry("2026-11-04T11:00:00Z", "reserve", "q"), entry("2026-11-04T11:01:00Z", "refund", "q"),
                entry("2026-10-04T11:00:00Z", "charge", "icd10cm/A00"), entry("2026-11-01T00:00:00Z", "give", ""),
            ], today: today)
        #expect(chart.days.map(\.pages) == [2])
        #expect(chart.days.map(\.day) == ["3 November"])
        #expect(chart.svg.contains("2 code pages and 0 questions"))
    }

    @Test("A timeline needs two moments, reads the days that history tells of, and says them in words")
    func timeline() throws {
        let added = LookupAPI.Paragraph(
            label: "Added", text: "on 2017-01-01 or before: the oldest loaded edition lists it")
        #expect(HistoryTimeline([added], shownOn: "2026-01-01") == nil)
        let revised = LookupAPI.Paragraph(
            label: "Revised", text: "Between 2018-01-01 and 2019-01-01: “<b>a</b>” became “b”")
        let other = LookupAPI.Paragraph(label: "Use instead", text: "A4207, from 2020-01-01")
        let line = try #require(HistoryTimeline([added, revised, other], shownOn: "2026-01-01"))
        #expect(line.svg.contains("Added 2017-01-01. Revised 2019-01-01.</desc>"))
        #expect(!line.svg.contains("<b>"))
    }

    @Test(
        "Fees are drawn by locality when a state has several, the dearest first, with the same amounts as words and rows"
    )
    func fees() throws {
        let price = { (locality: String, setting: String, amount: String) in
            ReferenceAPI.Price(
                schedule: "pfs-relative-values", setting: setting, locality: locality, amount: amount)
        }
        let one = [price("Los <Angeles>", "facility", "41.59"), price("Los <Angeles>", "non-facility", "52.10")]
        #expect(FeeChart(one, code: "G0101") == nil)
        let drugs = ReferenceAPI.Price(schedule: "asp-limits", locality: "Elsewhere", amount: "3.123")
        let chart = try #require(
            FeeChart(one + [price("Marin", "", "60.00"), price("Nowhere", "facility", ""), drugs], code: "G0101"))
        #expect(chart.rows.map(\.locality) == ["Marin", "Los <Angeles>"])
        #expect(chart.rows.map(\.office) == ["60.00", "52.10"])
        #expect(chart.rows.map(\.facility) == ["", "41.59"])
        #expect(chart.summary == "From $52.10 in Los <Angeles> to $60.00 in Marin.")
        #expect(chart.svg.contains("Los &lt;Angeles&gt;: office $52.10 facility $41.59.") && !chart.svg.contains("<A"))
    }

    @Test("The chapter map reads spans from titles, and is not drawn without any")
    func chapters() throws {
        let entry = { (code: String, title: String) in
            LookupAPI.BrowseEntry(code: code, title: title, hasChildren: true)
        }
        let reply = LookupAPI.BrowseReply(entries: [
            entry("2", "Neoplasms (C00-D49)"), entry("15", "Pregnancy & <childbirth> (O00-O9A)"), entry("x", "None"),
        ])
        let view = BrowseView(reply, system: "icd10cm", under: "", on: "")
        let map = try #require(view.map)
        #expect(map.svg.contains("Chapter 2, C00-D49: Neoplasms."))
        #expect(map.svg.contains("Pregnancy &amp; &lt;childbirth&gt;"))
        #expect(BrowseView(LookupAPI.BrowseReply(), system: "icd10cm", under: "", on: "").map == nil)
        #expect(BrowseView(reply, system: "hcpcs", under: "", on: "").map == nil)
    }

    @Test("Words that a revision took out and put in are marked, whatever the marks say")
    func marks() {
        let parts = TextPart.parts(
            of: "old e\u{301} new",
            marks: [
                LookupAPI.TextMark(kind: "removed", start: 0, end: 3),
                LookupAPI.TextMark(kind: "added", start: 7, end: 10),
                LookupAPI.TextMark(kind: "added", start: 8, end: 99),
                LookupAPI.TextMark(kind: "added", start: 1, end: 1),
            ])
        #expect(parts.map(\.text) == ["old", " e\u{301} ", "new"])
        #expect(parts.map(\.isRemoved) == [true, false, false])
        #expect(parts.map(\.isAdded) == [false, false, true])
    }
}
