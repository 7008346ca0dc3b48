import Testing

@testable import Lookup

@Suite struct `A partial edition` {
    private typealias Fixture = CatalogueFixture

    private func fixture() throws -> CatalogueFixture {
        try CatalogueFixture { builder in
            try builder.begin(Fixture.edition(.icd10pcs, "FY1", from: 2024_10_01, to: 2025_09_30))
            for code in ["0DTJ0ZZ", "0DTJ4ZZ", "1000000"] { try builder.add(Fixture.code(code, "Made-up \(code)")) }
            try builder.end(Fixture.report(3))
            try builder.begin(
                Fixture.edition(
                    .icd10pcs, "FY2 section 0", from: 2025_10_01, to: 2026_09_30,
                    coverage: .partial(completeFor: ["0"])))
            try builder.add(Fixture.code("0DTJ4ZZ", "Made-up newer wording"))
            try builder.add(Fixture.code("0DTJ8ZZ", "Made-up addition"))
            try builder.end(Fixture.report(2))
        }
    }

    @Test func `lies over the full one and retires only codes that it is complete for`() throws {
        let catalogue = try fixture().catalogue
        func status(_ code: String) throws -> String {
            let page = try catalogue.page(of: code, in: "icd10pcs", on: "", open: []).0
            return "\(page.status) \(page.source.edition.edition)"
        }
        #expect(try status("0DTJ4ZZ") == "active FY2 section 0")
        #expect(try status("0DTJ8ZZ") == "active FY2 section 0")
        #expect(try status("1000000") == "active FY1")
        #expect(try status("0DTJ0ZZ") == "retired FY1")
        let found = try catalogue.differences(
            in: "icd10pcs", from: "2025-09-30", to: "2025-10-01", kind: "", pageSize: 0, pageToken: "")
        #expect(
            found.entries.map { "\($0.kind) \($0.code)" } == [
                "deleted 0DTJ0ZZ", "revised 0DTJ4ZZ", "added 0DTJ8ZZ",
            ])
        let top = try catalogue.browse("", in: "icd10pcs", on: "", pageSize: 0, pageToken: "")
        #expect(Set(top.entries.map(\.listing.code)) == ["0DTJ4ZZ", "0DTJ8ZZ", "1000000"])
    }

    @Test func `of a sample retires nothing, and the full edition answers before it on one day`() throws {
        let catalogue = try CatalogueFixture { builder in
            try builder.begin(
                Fixture.edition(.cpt, "sample", from: 2026_01_01, to: 2026_12_31, coverage: .partial(completeFor: [])))
            try builder.add(Fixture.code("20975", "Made-up sample"))
            try builder.end(Fixture.report(1))
            try builder.begin(Fixture.edition(.cpt, "2026", from: 2026_01_01, to: 2026_12_31))
            try builder.add(Fixture.code("20975", "Made-up licensed text"))
            try builder.add(Fixture.code("20976", "Made-up other"))
            try builder.end(Fixture.report(2))
        }.catalogue
        #expect(try catalogue.code("20975", in: "cpt", on: "").0.listing.title == "Made-up licensed text")
        #expect(try catalogue.code("20976", in: "cpt", on: "2026-05-01").0.status == .active)
    }

    @Test func `is written and read as text`() {
        for text in ["full", "partial", "partial:0", "partial:0,1X"] {
            #expect(EditionCoverage(text: text)?.text == text)
        }
        for text in ["", "Full", "partial:", "partial:0,,1", "part"] { #expect(EditionCoverage(text: text) == nil) }
    }
}
