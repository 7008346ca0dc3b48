import Testing

@testable import Lookup

@Suite struct `The importer of the Outpatient Code Editor's code list` {
    private func read(
        _ lines: [String] = ImportHCPCSFixture.ioce, content: HCPCSContent = .codes, isFirst: Bool = true,
        quarter: (String, String) = ("2031-04-01", "2031-06-30")
    ) throws -> (ImportCollector, ImportReport) {
        var sink = ImportCollector()
        let file = SourceFile(name: "ioce.tsv", bytes: Array(lines.joined(separator: "\n").utf8))
        let report = try OutpatientCodeListImporter(
            file, rows: OutpatientTable(file), content: content,
            term: HCPCSTerm(effective: try #require(Day(quarter.0)), end: Day(quarter.1)), isFirst: isFirst,
            table: .bundled(), flags: .bundled()
        ).read(into: &sink)
        return (sink, report)
    }

    @Test func `lists the codes of the quarter with the days on which they came and went`() throws {
        let (sink, report) = try read()
        #expect(sink.codes.map(\.code) == ["A", "A0001", "B", "B0001", "D", "D0001"])
        #expect(sink.code("A0001")?.title == "Widget elbow")
        #expect(sink.code("A0001")?.added == nil && sink.code("A0001")?.retired == nil)
        #expect(sink.code("B0001")?.added == Day("2031-04-01"))
        #expect(sink.code("D0001")?.retired == Day("2031-07-01"))
        #expect(report.rowsKept == 3)
        #expect(sink.fact("A0001", "OPPS status indicator")?.meaning == "Not discounted when multiple")
        let (before, _) = try read(quarter: ("2031-01-01", "2031-03-31"))
        #expect(before.codes.map(\.code) == ["A", "A0001", "D", "D0001"])
    }

    @Test func `keeps no text of a code that begins with a digit or of a dental code`() throws {
        let (sink, report) = try read()
        #expect(report.rowsRefused == 1 && report.refusals.first?.line == 10)
        #expect(sink.codes.allSatisfy { $0.code.first?.isNumber != true && !$0.title.contains("belongs to others") })
        #expect(sink.code("D0001")?.title.contains("American Dental Association") == true)
        let (modifiers, refused) = try read(content: .modifiers)
        #expect(modifiers.codes.map(\.code) == ["Z9"] && refused.rowsRefused == 1)
    }

    @Test func `writes indicators when they change, and all of them in the first quarter`() throws {
        let (first, _) = try read()
        #expect(Set(first.facts.map(\.code)) == ["A0001", "B0001", "D0001"])
        let (later, _) = try read(isFirst: false)
        #expect(Set(later.facts.map(\.code)) == ["B0001"])
    }

    @Test func `words the edits that a code may set off, with ages and approvals`() throws {
        let (sink, _) = try read()
        let edits = sink.notes.filter { $0.code == "B0001" }
        #expect(
            edits.map { "\($0.label): \($0.text)" } == [
                "Outpatient edit 62: No such widget here. When it applies: return to provider",
                "Outpatient edit 7: Too young (accepted: 12 years and over). When it applies: line item rejection",
                "Outpatient edit 67: Too early (approved from 2031-05-05 on). When it applies: line item denial",
            ])
        #expect(sink.fact("B0001", "Age")?.value == "12 years and over")
        #expect(sink.fact("B0001", "Vaccine") != nil)
        #expect(sink.facts.allSatisfy { !$0.name.contains("unheard") })
    }

    @Test func `refuses a damaged, a broken and another edition's file whole`() throws {
        #expect(throws: FileRefusal.self) { try read([""]) }
        #expect(throws: FileRefusal.self) { try read(["#pcs\t1", "#end\t0"]) }
        #expect(throws: FileRefusal.self) { try read(["#ioce\t1\t20310101\t20311231", "#end\t0"]) }
        #expect(throws: FileRefusal.self) { try read(ImportHCPCSFixture.ioce.dropLast()) }
        #expect(throws: FileRefusal.self) { try read(ImportHCPCSFixture.ioce + ["more"]) }
        #expect(
            #expect(throws: FileRefusal.self) { try read(quarter: ("2032-01-01", "2032-03-31")) }?.line == 1)
    }
}
