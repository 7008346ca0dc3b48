import Testing

@testable import Lookup

@Suite struct `What changes between two editions` {
    private typealias Fixture = CatalogueFixture

    private func differences(
        _ fixture: CatalogueFixture, _ system: String = "icd10cm", from: String = "", to: String = "",
        kind: String = "", pageSize: Int = 0, pageToken: String = ""
    ) throws -> Catalogue.Differences {
        try fixture.catalogue.differences(
            in: system, from: from, to: to, kind: kind, pageSize: pageSize, pageToken: pageToken)
    }

    @Test func `is added, revised with its words marked, and deleted codes, by their codes`() throws {
        let found = try differences(CatalogueFixture())
        #expect(found.from.description == "2024-10-01" && found.to.description == "2025-10-01")
        #expect(found.before.map(\.record.edition) == ["FY2025"])
        #expect(found.entries.map { "\($0.kind) \($0.code)" } == ["deleted E11.0", "revised E11.9"])
        #expect(found.counts == [0, 1, 1])
        #expect(found.entries[1].oldTitle == "Type 2 diabetes, uncomplicated")
        #expect(found.entries[1].words?.removed == [7..<30])
        let later = try differences(CatalogueFixture(), from: "2026-03-31", to: "2026-04-01")
        #expect(later.entries.map { "\($0.kind) \($0.code)" } == ["added E13.9"])
        #expect(later.before == later.after)
    }

    @Test func `comes page by page, kind by kind, and refuses a token of another question`() throws {
        let fixture = try CatalogueFixture()
        let first = try differences(fixture, pageSize: 1)
        #expect(first.entries.map(\.code) == ["E11.0"] && first.counts == [0, 1, 1])
        let second = try differences(fixture, pageSize: 1, pageToken: first.nextPageToken)
        #expect(second.entries.map(\.code) == ["E11.9"] && second.nextPageToken.isEmpty)
        #expect(try differences(fixture, kind: "revised").entries.map(\.code) == ["E11.9"])
        #expect(throws: LookupError.self) { try differences(fixture, kind: "revised", pageToken: first.nextPageToken) }
        #expect(throws: LookupError.self) { try differences(fixture, kind: "moved") }
        #expect(throws: LookupError.self) { try differences(fixture, from: "2025-10-01", to: "2025-10-01") }
        #expect(throws: LookupError.self) { try differences(fixture, from: "2001-10-01") }
        #expect(throws: LookupError.self) { try differences(fixture, "cpt") }
        #expect(throws: LookupError.self) { try differences(fixture, "cpt-modifier") }
    }

    @Test func `names what a divided code was divided into`() throws {
        let fixture = try CatalogueFixture { builder in
            for (name, from) in [("FY1", 2024_10_01), ("FY2", 2025_10_01)] {
                try builder.begin(Fixture.edition(.icd10cm, name, from: from))
                try builder.add(Fixture.code("E66", "Made-up weight", billable: false))
                try builder.add(Fixture.code("E66.8", "Made-up other weight", under: "E66", billable: name == "FY1"))
                if name == "FY2" {
                    try builder.add(Fixture.code("E66.81", "Made-up class", under: "E66.8"))
                    try builder.add(Fixture.code("E66.89", "Made-up rest", under: "E66.8"))
                }
                try builder.end(Fixture.report(3))
            }
        }
        let found = try differences(fixture)
        #expect(found.entries.map { "\($0.kind) \($0.code)" } == ["deleted E66.8", "added E66.81", "added E66.89"])
        #expect(found.entries[0].replacements.map(\.code) == ["E66.81", "E66.89"])
        let old = try fixture.catalogue.page(of: "E66.8", in: "icd10cm", on: "2025-01-01", open: ["history"]).0
        #expect(old.blocks[7].paragraphs.filter { $0.label == "Divided into" }.count == 2)
    }

    @Test func `calls no code new that only another publisher's wider file lists`() throws {
        let fixture = try CatalogueFixture { builder in
            try builder.begin(Fixture.edition(.hcpcs, "2025", from: 2025_01_01, source: "Annual"))
            try builder.add(Fixture.code("A0001", "Long widget text", short: "Widget"))
            try builder.add(Fixture.code("A0002", "Long gadget text", short: "Gadget", retired: 2025_03_01))
            try builder.end(Fixture.report(2))
            try builder.begin(
                Fixture.edition(
                    .hcpcs, "2025 Q3", from: 2025_07_01, source: "Quarterly", carriesLongTitles: true))
            try builder.add(Fixture.code("A0001", "Widget", short: "Widget"))
            try builder.add(Fixture.code("A0003", "Gizmo", short: "Gizmo", added: 2025_07_01))
            try builder.add(Fixture.code("D0001", "Dental code"))
            try builder.add(FactRecord(code: "A0002", name: "Cross-reference", value: "A0003", meaning: ""))
            try builder.end(Fixture.report(3))
        }
        let found = try differences(fixture, "hcpcs")
        #expect(found.entries.map { "\($0.kind) \($0.code)" } == ["deleted A0002", "added A0003"])
        #expect(found.entries[0].replacements.map(\.code) == ["A0003"])
        #expect(found.notice.hasPrefix("1 codes are only in the later file"))
        let page = try fixture.catalogue.page(of: "A0003", in: "hcpcs", on: "", open: ["history"]).0
        #expect(page.blocks[7].paragraphs.contains { $0.label == "Takes the place of" && $0.text.hasPrefix("A0002") })
    }

    @Test func `carries a long title only while the short one is the same`() throws {
        let fixture = try CatalogueFixture { builder in
            try builder.begin(Fixture.edition(.hcpcs, "2025", from: 2025_01_01, source: "Annual"))
            try builder.add(Fixture.code("A0001", "Long widget text", short: "Widget < 5"))
            try builder.add(Fixture.code("A0002", "Long gadget text", short: "Gadget"))
            try builder.end(Fixture.report(2))
            try builder.begin(
                Fixture.edition(.hcpcs, "Q1", from: 2026_01_01, source: "Quarterly", carriesLongTitles: true))
            try builder.add(Fixture.code("A0001", "Widget > 5", short: "Widget > 5"))
            try builder.add(Fixture.code("A0002", "GADGET", short: "GADGET"))
            try builder.end(Fixture.report(2))
        }
        let reworded = try fixture.catalogue.page(of: "A0001", in: "hcpcs", on: "", open: ["official"]).0
        #expect(reworded.listing.title == "Widget > 5")
        #expect(reworded.blocks[0].paragraphs.map(\.label) == ["", "Long description of 2025", "Note"])
        let same = try fixture.catalogue.page(of: "A0002", in: "hcpcs", on: "", open: ["official"]).0
        #expect(same.listing.title == "Long gadget text")
        #expect(same.blocks[0].paragraphs.first?.source?.edition.edition == "2025")
    }
}
