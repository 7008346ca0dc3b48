import Testing

@testable import Lookup

@Suite struct `The HCPCS importers` {
    private static let notes = """
        PROCESSING NOTES
                  0013--THIS DEVICE IS INVENTED, AND SHOULD NOT BE                *
                        CONFUSED WITH ANOTHER.                                    *
                                                                                  *
                  0014--ANOTHER NOTE.                                             *
        """

    private func file(_ lines: [String], name: String = "HCPC31.txt", end: String = "\r\n") -> SourceFile {
        SourceFile(name: name, bytes: Array((lines.joined(separator: end) + end).utf8))
    }

    private func read(
        _ file: SourceFile, export: Bool = false, content: HCPCSContent = .codes,
        term: HCPCSTerm = ImportHCPCSFixture.term
    ) throws -> (ImportCollector, ImportReport) {
        var sink = ImportCollector()
        let notes = try HCPCSProcessingNotes(SourceFile(name: "proc_notes.txt", bytes: Array(Self.notes.utf8)))
        let table = try HCPCSIndicatorTable.bundled()
        let report =
            if export {
                try HCPCSExportImporter(file, content: content, term: term, notes: notes, table: table)
                    .read(into: &sink)
            } else {
                try HCPCSFixedWidthImporter(file, content: content, term: term, notes: notes, table: table)
                    .read(into: &sink)
            }
        return (sink, report)
    }

    private func read(export: Bool, content: HCPCSContent = .codes) throws -> (ImportCollector, ImportReport) {
        try export
            ? read(file(ImportHCPCSFixture.export, end: "\n"), export: true, content: content)
            : read(file(ImportHCPCSFixture.fixedWidth), content: content)
    }

    @Test(arguments: [false, true])
    func `list codes below their letter, with dates, and leave modifiers to the other half`(export: Bool) throws {
        let (sink, report) = try read(export: export)
        #expect(sink.codes.map(\.code) == ["A", "A0001", "B", "B0001"])
        let code = try #require(sink.code("A0001"))
        #expect(code.parent == "A" && code.billable && code.shortTitle == "Widget elbow")
        #expect(code.title.hasPrefix("Widget for elbows, including the "))
        #expect(code.title.hasSuffix(" that it came in"))
        #expect(code.added == Day("2030-01-01") && code.retired == Day("2031-07-01"))
        #expect(sink.code("B0001")?.retired == nil)
        #expect(report.rowsRead == 2 && report.rowsKept == 2 && report.rowsRefused == 0)
        let (modifiers, _) = try read(export: export, content: .modifiers)
        #expect(modifiers.codes.map(\.code) == ["Z9"] && modifiers.codes.first?.parent == nil)
    }

    @Test(arguments: [false, true])
    func `spell out every indicator`(export: Bool) throws {
        let (sink, _) = try read(export: export)
        #expect(sink.fact("A0001", "Coverage")?.meaning == "Special coverage instructions apply")
        #expect(sink.fact("A0001", "Multiple pricing indicator")?.value == "A")
        #expect(sink.facts.filter { $0.code == "A0001" && $0.name == "Type of service" }.map(\.value) == ["P", "R"])
        #expect(sink.fact("A0001", "Processing note")?.value == "0013")
        #expect(
            sink.fact("A0001", "Processing note")?.meaning
                == "THIS DEVICE IS INVENTED, AND SHOULD NOT BE CONFUSED WITH ANOTHER.")
        #expect(sink.fact("A0001", "ASC payment group effective")?.value == "2030-04-01")
        #expect(sink.fact("A0001", "Terminated")?.value == "2031-06-30")
        #expect(sink.fact("A0001", "National coverage reference (CIM)")?.value == "60-4")
        #expect(sink.fact("A0001", "Anesthesia base units") == nil)
        #expect(sink.fact("B0001", "BETOS")?.meaning.contains("does not describe") == true)
        #expect(sink.fact("B0001", "Action")?.meaning == "Add procedure or modifier code")
    }

    @Test func `give an export its leading zeros back and take its decimals off`() throws {
        let (sink, _) = try read(export: true)
        let prices = sink.facts.filter { $0.code == "A0001" && $0.name == "Pricing indicator" }
        #expect(prices.map(\.value) == ["00", "33"])
        #expect(sink.fact("A0001", "Laboratory certification")?.value == "010")
        // A reference is text: its decimals are its own.
        #expect(sink.fact("A0001", "Carriers manual reference (MCM)")?.value == "2130.0")
        #expect(sink.code("A0001")?.title == "Widget for elbows, including the \"box\" that it came in")
    }

    @Test func `refuse CPT rows one by one, with their lines`() throws {
        let lines =
            ImportHCPCSFixture.fixedWidth + [
                ImportHCPCSFixture.line([(1, "99999"), (6, "00100"), (11, "3"), (12, "Somebody's text")])
            ]
        let (sink, report) = try read(file(lines))
        #expect(sink.code("99999") == nil && report.rowsRefused == 1)
        #expect(report.refusals == [.init(line: 8, reason: report.refusals[0].reason)])
        #expect(report.refusals[0].reason.contains("CPT"))
    }

    @Test func `keep a code without an indicator that is no date, and say so`() throws {
        var lines = ImportHCPCSFixture.fixedWidth
        lines[6] = ImportHCPCSFixture.line([
            (1, "B0001"), (6, "00100"), (11, "3"), (12, "Tube of nothing"), (233, "170401"), (269, "20310101"),
        ])
        let (sink, report) = try read(file(lines))
        #expect(sink.code("B0001") != nil && sink.fact("B0001", "ASC payment group effective") == nil)
        #expect(report.rowsRefused == 0 && report.refusals.first?.line == 7)
    }

    @Test func `refuse a file of another edition whole`() throws {
        for (effective, end) in [("2033-01-01", "2033-12-31"), ("2029-01-01", "2029-12-31")] {
            let term = HCPCSTerm(effective: try #require(Day(effective)), end: Day(end))
            let refusal = #expect(throws: FileRefusal.self) {
                try read(file(ImportHCPCSFixture.fixedWidth), term: term)
            }
            #expect(refusal?.reason.contains("another edition") == true)
        }
    }

    @Test func `refuse an empty, a foreign and a truncated fixed-width file whole, naming the line`() throws {
        #expect(throws: FileRefusal.self) { try read(file(["", " "])) }
        let letter = Array(repeating: "Dear operator, no codes here.", count: 99)
        #expect(throws: FileRefusal.self) { try read(file(letter)) }
        let whole = file(ImportHCPCSFixture.fixedWidth)
        let cut = SourceFile(name: whole.name, bytes: Array(whole.bytes.dropLast(150)))
        let refusal = #expect(throws: FileRefusal.self) { try read(cut) }
        #expect(refusal?.line == 7 && refusal?.file == "HCPC31.txt")
    }

    @Test func `refuse an empty, a foreign and a truncated export whole, naming the line`() throws {
        #expect(throws: FileRefusal.self) { try read(file([""], end: ""), export: true) }
        let other = file(["code,title", "A0001,Widget"])
        let foreign = #expect(throws: FileRefusal.self) { try read(other, export: true) }
        #expect(foreign?.line == 1 && foreign?.reason.contains("HCPC") == true)
        let whole = file(ImportHCPCSFixture.export, end: "\n")
        let cut = SourceFile(name: whole.name, bytes: Array(whole.bytes.dropLast(60)))
        #expect(#expect(throws: FileRefusal.self) { try read(cut, export: true) }?.line == 5)
        let insideQuotes = ImportHCPCSFixture.header.count + 190
        let quoted = SourceFile(name: whole.name, bytes: Array(whole.bytes.prefix(insideQuotes)))
        #expect(#expect(throws: FileRefusal.self) { try read(quoted, export: true) }?.line == 3)
    }

    @Test func `refuse a file of which many rows are malformed`() throws {
        let lines = ImportHCPCSFixture.fixedWidth + Array(repeating: "A0002 what is this", count: 5)
        let refusal = #expect(throws: FileRefusal.self) { try read(file(lines)) }
        #expect(refusal?.line == 8 && refusal?.reason.contains("5 malformed rows") == true)
    }
}
