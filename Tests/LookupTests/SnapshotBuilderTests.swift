import Storage
import Testing

@testable import Lookup

@Suite("Building Lookup's snapshot")
struct SnapshotBuilderTests {
    @Test("Editions are kept with their counts and reports")
    func editions() throws {
        let fixture = try CatalogueFixture()
        let editions = try fixture.store.editions()
        #expect(
            editions.map(\.record.system) == [
                .icd10cm, .icd10cm, .hcpcs, .hcpcs, .hcpcs, .hcpcsModifier, .icd10pcs, .cpt,
            ])
        #expect(editions[3].codes == 10)
        #expect(editions[4].codes == 0)
        #expect(editions[1].report == CatalogueFixture.report(18))
        #expect(editions[1].record == CatalogueFixture.edition(.icd10cm, "FY2026", from: 2025_10_01, to: 2026_09_30))
        #expect(editions[1].importedAt == 1_770_000_000)
        #expect(try fixture.store.verify() == editions)
    }

    @Test("Records that do not fit are refused one by one, and what follows is kept")
    func refusedRecords() throws {
        let fixture = try CatalogueFixture { builder in
            #expect(throws: SnapshotBuildError.self) { try builder.add(CatalogueFixture.code("E11", "outside")) }
            try builder.begin(CatalogueFixture.edition(.icd10cm, "FY2026", from: 2025_10_01))
            try builder.add(CatalogueFixture.code("E11", "Category", billable: false))
            let refused: [(CodeRecord, SnapshotBuildError)] = [
                (CatalogueFixture.code("E119", "no dot"), .notCanonical("E119")),
                (CatalogueFixture.code("e11.9", "lower case"), .notCanonical("e11.9")),
                (CatalogueFixture.code("E11", "again"), .duplicate("E11")),
                (CatalogueFixture.code("E11.9", "x", under: "E10"), .unknownParent(code: "E11.9", parent: "E10")),
                (CatalogueFixture.code("E12", "x", under: "E12"), .unknownParent(code: "E12", parent: "E12")),
                (CatalogueFixture.code("E11.9", "", under: "E11"), .badText(code: "E11.9")),
                (
                    CatalogueFixture.code("E11.9", String(repeating: "x", count: 30_000), under: "E11"),
                    .badText(code: "E11.9")
                ),
            ]
            for (record, error) in refused { #expect(throws: error) { try builder.add(record) } }
            #expect(throws: SnapshotBuildError.unknownCode("E13")) {
                try builder.add(CatalogueFixture.note("E13", .includes, "x"))
            }
            #expect(throws: SnapshotBuildError.badText(code: "E11")) {
                try builder.add(TextRecord(code: "E11", block: "secret", text: "x", rights: ""))
            }
            try builder.add(CatalogueFixture.code("E11.9", "kept", under: "E11"))
            try builder.end(ImportReport())
            #expect(throws: SnapshotBuildError.self) { try builder.end(ImportReport()) }
        }
        #expect(try fixture.catalogue.page(of: "E11.9", in: "icd10cm", on: "", open: []).0.listing.title == "kept")
        #expect(try fixture.store.editions()[0].codes == 2)
    }

    @Test("An import that fails leaves the published snapshot and no file behind")
    func failedImport() throws {
        struct Broken: Error {}
        let fixture = try CatalogueFixture()
        #expect(throws: Broken.self) {
            try fixture.store.importSnapshot { builder in
                try builder.begin(CatalogueFixture.edition(.cpt, "2027", from: 2027_01_01))
                throw Broken()
            }
        }
        #expect(throws: SnapshotBuildError.self) {
            try fixture.store.importSnapshot { builder in
                try builder.begin(CatalogueFixture.edition(.cpt, "2027", from: 2027_01_01))
            }
        }
        #expect(fixture.reader.refresh() == false)
        #expect(try fixture.store.directory.current()?.number == 1)
        #expect(try fixture.catalogue.code("E11.9", in: "icd10cm", on: "").0.listing.code == "E11.9")
    }

    @Test("A snapshot of another format is refused and the one before stays")
    func otherFormat() throws {
        let fixture = try CatalogueFixture()
        let started = try fixture.store.directory.beginImport()
        let connection = try SnapshotConnection(creating: started.path)
        try connection.execute("PRAGMA user_version = 99; CREATE TABLE t (a)")
        _ = try started.publish { _ in }
        #expect(fixture.reader.refresh() == false)
        #expect(fixture.reader.serving?.number == 1)
    }

    @Test("An empty import can be published and answers that nothing is loaded")
    func emptyImport() throws {
        let fixture = try CatalogueFixture { _ in }
        #expect(throws: LookupError.notFound("No edition of ICD-10-CM is loaded.")) {
            try fixture.catalogue.code("E11.9", in: "icd10cm", on: "")
        }
        #expect(try fixture.catalogue.search(.init(q: "diabetes")).0.total == 0)
    }
}
