import Testing

@testable import Lookup

@Suite("Edits and crosswalks on code pages", .timeLimit(.minutes(5)))
struct PageReferenceTests {
    private func code(_ text: String) -> ProcedureCode { ProcedureCode(text)! }

    private func paragraphs(
        _ code: String, _ system: String, _ block: BlockKind, on day: String = "2026-02-03",
        _ more: (inout SnapshotBuilder) throws -> Void = { _ in }
    ) throws -> [PageParagraph] {
        let catalogue = try ClaimFixture(more).fixture.catalogue
        let page = try catalogue.page(of: code, in: system, on: day, open: [block.rawValue]).0
        return page.blocks.first { $0.kind == block }?.paragraphs ?? []
    }

    /// Pairs, a limit, an add-on and modifier 50 for a code of the fixture.
    private func edits(_ builder: inout SnapshotBuilder) throws {
        let record = ReferenceFixture.record(.pairsHospital, from: "2026-01-01", to: "2026-03-31", edition: "2026 Q1")
        try builder.addReference(record) { writer in
            let allowed = try writer.number(
                .init(effective: ReferenceFixture.day("2026-01-01"), deleted: nil, indicator: .allowed))
            let over = try writer.number(
                .init(
                    effective: ReferenceFixture.day("2025-01-01"), deleted: ReferenceFixture.day("2025-12-31"),
                    indicator: .allowed))
            let never = try writer.number(
                .init(effective: ReferenceFixture.day("2026-01-01"), deleted: nil, indicator: .notAllowed))
            try writer.add(code("A4206"), code("A4207"), allowed)
            try writer.add(code("A4206"), code("A4208"), over)
            try writer.add(code("A4210"), code("A4206"), never)
            return CatalogueFixture.report(3)
        }
        try builder.addReference(ReferenceFixture.record(.unitsHospital, from: "2026-01-01", to: "2026-03-31")) {
            try $0.add(UnitLimit(code: code("A4206"), units: 4, measure: .dayByPolicy, rationale: "Nature"))
            return CatalogueFixture.report(1)
        }
    }

    @Test("Pairs are told from both sides, with their indicator, as they stand on the day")
    func pairs() throws {
        let found = try paragraphs("A4206", "hcpcs", .edits, edits)
        let pairs = found.filter { $0.label == "NCCI pairs, outpatient hospital" }
        #expect(pairs.count == 2)
        #expect(pairs[0].text.hasPrefix("Column 1: 1 code not paid beside it") && pairs[0].text.hasSuffix("A4207."))
        #expect(pairs[0].text.contains("indicator 1"))
        #expect(pairs[1].text.hasPrefix("Column 2: not paid beside 1 code") && pairs[1].text.hasSuffix("A4210."))
        #expect(pairs[1].text.contains("indicator 0"))
        #expect(pairs.allSatisfy { $0.source?.edition.edition == "2026 Q1" })
        #expect(
            found.first { $0.label == "MUE, outpatient hospital" }?.text
                == "At most 4 units a day, by policy (adjudication indicator 2): an absolute limit. Rationale: Nature.")
        let none = found.first { $0.label == "NCCI pairs, practitioner" }
        #expect(none?.text == "No pair in force on 2026-02-03 names it.")
        #expect(found.contains { $0.label == "No data" && $0.text.contains("DME suppliers") })
    }

    @Test("A day that no file speaks of has no data, and that is said")
    func otherDay() throws {
        let found = try paragraphs("A4206", "hcpcs", .edits, on: "2025-11-01", edits)
        #expect(!found.contains { $0.label.hasPrefix("NCCI") || $0.label.hasPrefix("MUE") })
        #expect(found.filter { $0.label == "No data" }.count == 6)
    }

    @Test("A long list of pairs is cut, and says how many there are")
    func many() throws {
        let found = try paragraphs("A4206", "hcpcs", .edits) { builder in
            try builder.addReference(ReferenceFixture.record(.pairsHospital, from: "2026-01-01", to: "2026-03-31")) {
                let window = try $0.number(
                    .init(effective: ReferenceFixture.day("2026-01-01"), deleted: nil, indicator: .allowed))
                for number in 0..<100 { try $0.add(code("A4206"), code("B\(1_000 + number)"), window) }
                return CatalogueFixture.report(100)
            }
        }
        let text = found.first { $0.label == "NCCI pairs, outpatient hospital" }?.text ?? ""
        #expect(text.contains("100 codes") && text.contains("B1039 and 60 more"))
        #expect(!text.contains("B1040"))
    }

    @Test("Add-on codes and their primary codes name each other")
    func addOns() throws {
        let found = try paragraphs("A4206", "hcpcs", .edits) { builder in
            let record = ReferenceFixture.record(.addOns, from: "2026-02-01", to: "2026-03-31")
            try builder.addReference(record) { writer in
                let span = DaySpan(ReferenceFixture.day("2026-01-01"), nil)
                try writer.add(AddOnEdit(code: code("A4206"), primary: code("A4207"), kind: .listed, span: span))
                try writer.add(AddOnEdit(code: code("A4208"), primary: code("A4206"), kind: .listed, span: span))
                return CatalogueFixture.report(2)
            }
        }
        #expect(
            found.filter { $0.label == "Add-on" }.map(\.text) == [
                "Add-on code, type 1: billed only beside one of A4207.", "Primary code of the add-on codes A4208.",
            ])
    }

    @Test("Codes of other sets have no such edits, and no page asks for what is locked")
    func others() throws {
        #expect(try paragraphs("E11.9", "icd10cm", .edits, edits).allSatisfy { !$0.label.hasPrefix("NCCI") })
    }

    @Test("The history names what the code comes to in the other revision")
    func crosswalk() throws {
        let found = try paragraphs("E11.9", "icd10cm", .history) { builder in
            try builder.addReference(ReferenceFixture.record(.backwardMap, from: "2017-10-01", to: nil)) { writer in
                try writer.add(
                    GeneralMapping(
                        source: "E11.9", target: "250.00", isApproximate: true, hasNoMap: false, isCombination: false,
                        scenario: 0, choiceList: 0), place: 0)
                return CatalogueFixture.report(1)
            }
        }
        let mapped = found.filter { $0.label == "In ICD-9-CM" }
        #expect(mapped.first?.text == "250.00. Approximate: the two codes do not mean quite the same.")
        #expect(mapped.first?.source?.edition.effective == Day("2017-10-01"))
    }
}
