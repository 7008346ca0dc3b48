import Testing

@testable import Lookup

@Suite struct `The HCPCS importers on the real files` {
    private static let export = ImportRealFiles.shared("hcpcs/HCPC2025_OCT_ANWEB.csv")
    private static let annual = ImportRealFiles.pulled("HCPC2019_CONTR_ANWEB.txt")
    private static let ioce = ImportRealFiles.pulled("ioce.tsv")

    @Test(.enabled(if: export != nil, "needs ../shared/data/hcpcs/HCPC2025_OCT_ANWEB.csv"))
    func `read 8 463 codes and 383 modifiers of October 2025`() throws {
        let file = try SourceFile(at: try #require(Self.export))
        let term = HCPCSTerm(effective: try #require(Day("2025-10-01")), end: Day("2025-12-31"))
        var codes = ImportCollector()
        let report = try HCPCSExportImporter(
            file, content: .codes, term: term, notes: HCPCSProcessingNotes(), table: .bundled()
        ).read(into: &codes)
        #expect(report.rowsKept == 8_463 && report.rowsRefused == 0)
        let currentDay = try #require(Day("2025-10-01"))
        #expect(codes.codes.count { $0.billable && ($0.retired.map { $0 > currentDay } ?? true) } == 7_258)
        #expect(codes.code("E0434")?.title.hasPrefix("Portable liquid oxygen system, rental;") == true)
        #expect(codes.fact("E0434", "Pricing indicator")?.value == "33")
        #expect(codes.facts.allSatisfy { !$0.value.hasSuffix(".0") })
        var modifiers = ImportCollector()
        _ = try HCPCSExportImporter(
            file, content: .modifiers, term: term, notes: HCPCSProcessingNotes(), table: .bundled()
        ).read(into: &modifiers)
        #expect(modifiers.codes.count == 383)
    }

    @Test(.enabled(if: annual != nil, "needs the files that `codingahead data pull` takes from ../shared/data"))
    func `read the annual release of 2019`() throws {
        let term = HCPCSTerm(effective: try #require(Day("2019-01-01")), end: Day("2019-12-31"))
        var sink = ImportCollector()
        let report = try HCPCSFixedWidthImporter(
            SourceFile(at: try #require(Self.annual)), content: .codes, term: term, notes: HCPCSProcessingNotes(),
            table: .bundled()
        ).read(into: &sink)
        #expect(report.rowsKept == 6_440 && report.rowsRefused == 0)
        #expect(sink.codes.allSatisfy { !$0.title.isEmpty && $0.title.utf8.count < 2_000 })
    }

    @Test(.enabled(if: ioce != nil, "needs the files that `codingahead data pull` lays down"))
    func `read the current codes of the Outpatient Code Editor, none of them CPT`() throws {
        let file = try SourceFile(at: try #require(Self.ioce))
        let rows = try OutpatientTable(file)
        let term = HCPCSTerm(effective: try #require(Day("2026-04-01")), end: Day("2026-06-30"))
        var sink = ImportCollector()
        _ = try OutpatientCodeListImporter(
            file, rows: rows, content: .codes, term: term, isFirst: false, table: .bundled(), flags: .bundled()
        ).read(into: &sink)
        #expect(sink.codes.count { $0.billable && $0.retired == nil } == 8_256)
        #expect(sink.codes.allSatisfy { $0.code.first?.isNumber != true })
        var modifiers = ImportCollector()
        _ = try OutpatientCodeListImporter(
            file, rows: rows, content: .modifiers, term: term, isFirst: false, table: .bundled(), flags: .bundled()
        ).read(into: &modifiers)
        #expect(modifiers.codes.count == 363)
    }
}
