import Logging
import Storage
import Testing

@testable import Lookup

@Suite struct `Licensed texts` {
    private typealias Fixture = CatalogueFixture

    /// A sample that is free, and a licensed edition with made-up texts.
    private func fixture(_ gate: LicenceGate) throws -> (CatalogueFixture, Catalogue) {
        let fixture = try CatalogueFixture { builder in
            try builder.begin(
                Fixture.edition(
                    .cpt, "sample", from: 2026_01_01, source: "Sample", coverage: .partial(completeFor: [])))
            try builder.add(Fixture.code("20975", "Free sample title"))
            try builder.end(Fixture.report(1))
            var record = Fixture.edition(.cpt, "2026", from: 2026_01_01, source: "CPT")
            record.isLicensed = true
            try builder.begin(record)
            try builder.add(Fixture.code("20975", "Secret title of the sample"))
            try builder.add(Fixture.code("20976", "Secret title"))
            try builder.add(FactRecord(code: "20976", name: "Medium description", value: "SECRET", meaning: ""))
            try builder.add(TextRecord(code: "20976", block: "common", text: "Secret words", rights: "© Owner"))
            try builder.end(Fixture.report(2))
        }
        let reader = fixture.store.reader(
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, licence: gate)
        reader.refresh()
        let today = try #require(Day(number: 2026_02_03))
        return (fixture, Catalogue(reader, axisNames: Fixture.axisNames, today: { today }))
    }

    @Test func `are nowhere while no licence is in force, and the sample stays`() throws {
        let (fixture, catalogue) = try fixture(LicenceGate())
        withExtendedLifetime(fixture) {}
        #expect(
            try catalogue.code("20975", in: "cpt", on: "", licensedTexts: true).0.listing.title == "Free sample title")
        let error = #expect(throws: LookupError.self) {
            try catalogue.page(of: "20976", in: "cpt", on: "", open: ["common"], licensedTexts: true)
        }
        #expect(error == .notFound("20976 is only in editions of CPT that need a licence, and none is in force."))
        let top = try catalogue.browse("", in: "cpt", on: "", pageSize: 0, pageToken: "", licensedTexts: true)
        #expect(top.entries.map(\.listing.title) == ["Free sample title"])
        #expect(try catalogue.search(.init(q: "secret")).0.hits.allSatisfy { !$0.listing.title.contains("ecret") })
    }

    @Test func `are in no answer of the terminology calls to a reader who may not see them`() throws {
        let gate = LicenceGate()
        let (fixture, catalogue) = try fixture(gate)
        withExtendedLifetime(fixture) {}
        gate.set(LicenceGate.Terms())
        var question = Catalogue.ExpansionQuestion(system: "cpt", filter: "2097")
        #expect(try catalogue.expand(question).entries.allSatisfy { !$0.title.contains("Secret") })
        question.filter = "secret"
        #expect(try catalogue.expand(question).total == 0)
        question.licensedTexts = true
        #expect(try catalogue.expand(question).entries.contains { $0.title == "Secret title" })
        #expect(try catalogue.describe("20976", in: "cpt", on: "").page.listing.title == "20976 (licensed text)")
        #expect(try catalogue.describe("20976", in: "cpt", on: "").facts.isEmpty)
        #expect(!(try catalogue.validate("20976", in: "cpt", display: "x", on: "").message.contains("Secret")))
        #expect(
            try catalogue.validate("20976", in: "cpt", display: "Secret title", on: "", licensedTexts: true).result)
    }

    @Test func `are withheld from a reader who may not see them, and shown to one who may`() throws {
        let gate = LicenceGate()
        let (fixture, catalogue) = try fixture(gate)
        withExtendedLifetime(fixture) {}
        gate.set(LicenceGate.Terms())
        let all = BlockKind.allCases.map(\.rawValue)
        let withheld = try catalogue.page(of: "20976", in: "cpt", on: "", open: all).0
        #expect(withheld.listing.title == "20976 (licensed text)")
        #expect(!withheld.blocks.contains { $0.paragraphs.contains { $0.text.lowercased().contains("secret") } })
        #expect(withheld.neighbours.allSatisfy { !$0.title.contains("Secret") })
        #expect(try catalogue.search(.init(q: "secret")).0.hits.allSatisfy { !$0.listing.title.contains("Secret") })
        let shown = try catalogue.page(of: "20976", in: "cpt", on: "", open: all, licensedTexts: true).0
        #expect(shown.listing.title == "Secret title")
        #expect(shown.blocks[1].paragraphs.map(\.text) == ["Secret words"])
        #expect(shown.blocks[1].source?.rights == "© Owner")
        gate.set(LicenceGate.Terms(firstYear: 2027))
        #expect(throws: LookupError.self) {
            try catalogue.page(of: "20976", in: "cpt", on: "", open: all, licensedTexts: true)
        }
    }
}
