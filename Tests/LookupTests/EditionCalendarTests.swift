import Testing

@testable import Lookup

@Suite("Editions by date of service")
struct EditionCalendarTests {
    private static func loaded(_ id: Int, from: Int, to: Int? = nil, codes: Int = 1) -> LoadedEdition {
        LoadedEdition(
            id: EditionID(id), record: CatalogueFixture.edition(.icd10cm, "E\(id)", from: from, to: to), codes: codes,
            billableCodes: codes, report: ImportReport(), importedAt: 0)
    }

    private static let calendar = EditionCalendar([
        loaded(1, from: 2024_10_01, to: 2025_09_30), loaded(2, from: 2025_10_01),
        loaded(3, from: 2026_04_01, to: 2026_09_30),
        loaded(4, from: 2026_08_01, codes: 0),
    ])

    @Test(
        "The edition whose window holds the day answers",
        arguments: [
            (2024_10_01, 1), (2025_09_30, 1), (2025_10_01, 2), (2026_03_31, 2), (2026_04_01, 3), (2026_09_30, 3),
        ])
    func window(day: Int, edition: Int) throws {
        let today = try #require(Day(number: 2026_06_01))
        let choice = try Self.calendar.choose(.icd10cm, on: Day(number: day), today: today)
        #expect(choice.editions.map(\.id.number) == [edition])
        #expect(choice.day.number == day)
        #expect(choice.notice.isEmpty)
    }

    @Test("Outside all editions the answer names those loaded", arguments: [2024_09_30, 2026_10_01, 1999_01_01])
    func outside(day: Int) throws {
        let today = try #require(Day(number: 2026_06_01))
        let error = #expect(throws: LookupError.self) {
            try Self.calendar.choose(.icd10cm, on: Day(number: day), today: today)
        }
        guard case .notFound(let message) = error else { return }
        #expect(message.contains("E1 (from 2024-10-01 to 2025-09-30)"))
        #expect(message.contains("E3 (from 2026-04-01 to 2026-09-30)"))
    }

    @Test("Without a day the latest answers, with a notice when it is not in force")
    func latest() throws {
        let within = try Self.calendar.choose(.icd10cm, on: nil, today: #require(Day(number: 2026_06_01)))
        #expect(within.editions.map(\.id.number) == [3])
        #expect(within.notice.isEmpty)
        let after = try Self.calendar.choose(.icd10cm, on: nil, today: #require(Day(number: 2026_11_24)))
        #expect(after.notice.contains("ended on 2026-09-30"))
        #expect(after.day.number == 2026_09_30)
        let before = try Self.calendar.choose(.icd10cm, on: nil, today: #require(Day(number: 2026_02_01)))
        #expect(before.notice.contains("takes effect on 2026-04-01"))
    }

    @Test("A system without editions is not found")
    func nothingLoaded() throws {
        let today = try #require(Day(number: 2026_06_01))
        #expect(throws: LookupError.notFound("No edition of CPT is loaded.")) {
            try Self.calendar.choose(.cpt, on: nil, today: today)
        }
    }
}
