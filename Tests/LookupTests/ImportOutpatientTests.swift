import Testing

@testable import Lookup

@Suite struct `The importer of the Outpatient Code Editor's code list` {
    private func read(
        _ lines: [String] = ImportHCPCSFixture.ioce, content: HCPCSContent = .codes, role: OutpatientRole = .alone,
        term: HCPCSTerm = ImportHCPCSFixture.term
    ) throws -> (ImportCollector, ImportReport) {
        var sink = ImportCollector()
        let file = SourceFile(name: "ioce.tsv", bytes: Array(lines.joined(separator: "\n").utf8))
        let report = try OutpatientCodeListImporter(
            file, content: content, term: term, role: role, table: .bundled()
        ).read(into: &sink)
        return (sink, report)
    }

    @Test func `lists the codes of the edition with the days on which they came and went`() throws {
        let (sink, report) = try read()
        #expect(sink.codes.map(\.code) == ["A", "A0001", "B", "B0001", "D", "D0001"])
        #expect(sink.code("A0001")?.title == "Widget elbow")
        #expect(sink.code("A0001")?.added == nil && sink.code("A0001")?.retired == nil)
        #expect(sink.code("B0001")?.added == Day("2031-04-01"))
        #expect(sink.code("D0001")?.retired == Day("2031-07-01"))
        #expect(report.rowsRead == 6 && report.rowsKept == 4)
        #expect(sink.fact("A0001", "OPPS status indicator")?.meaning == "Not discounted when multiple")
    }

    @Test func `keeps no text of a code that begins with a digit or of a dental code`() throws {
        let (sink, report) = try read()
        #expect(report.rowsRefused == 1 && report.refusals.first?.line == 7)
        #expect(sink.codes.allSatisfy { $0.code.first?.isNumber != true && !$0.title.contains("belongs to others") })
        #expect(sink.code("D0001")?.title.contains("American Dental Association") == true)
        let (modifiers, refused) = try read(content: .modifiers)
        #expect(modifiers.codes.map(\.code) == ["Z9"] && refused.rowsRefused == 1)
    }

    @Test func `adds what the official file leaves out, or indicators alone`() throws {
        let (beyond, _) = try read(role: .beyond(["A0001", "B0001"]))
        #expect(beyond.codes.map(\.code) == ["D", "D0001"])
        let (about, _) = try read(role: .about(["A0001"]))
        #expect(about.codes.isEmpty && Set(about.facts.map(\.code)) == ["A0001"])
    }

    @Test func `refuses a damaged, a broken and another edition's file whole`() throws {
        #expect(throws: FileRefusal.self) { try read([""]) }
        #expect(throws: FileRefusal.self) { try read(["#pcs\t1", "#end\t0"]) }
        #expect(throws: FileRefusal.self) { try read(ImportHCPCSFixture.ioce.dropLast()) }
        #expect(throws: FileRefusal.self) { try read(ImportHCPCSFixture.ioce + ["more"]) }
        let later = HCPCSTerm(effective: try #require(Day("2032-01-01")), end: nil)
        #expect(#expect(throws: FileRefusal.self) { try read(term: later) }?.line == 1)
    }
}
