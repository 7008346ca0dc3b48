import Testing

@testable import Lookup

@Suite struct `The ICD-10-PCS importer` {
    private static let list = """
        0010ZZ1 Wobbling of Elbow, External Approach
        0010ZZ2 Wobbling of Knee, External Approach
        0020ZZ1 Swaying of Elbow, External Approach
        B01ZZZZ Picture of Nothing

        """
    private static let labels = [
        "#pcs\t1", "axis\t001\t4\t0\tElbow", "axis\t001\t5\tZ\tOutside", "axis\t001\t6\tZ\tNone",
        "axis\t001\t7\t1\tBlue",
        "operation\t01\tWobble\tMoving to and fro\tOf no use\t", "#end\t5",
    ]

    private func read(_ text: String, labels: [String]? = nil) throws -> (ImportCollector, ImportReport) {
        var sink = ImportCollector()
        let parsed = try labels.map {
            try ProcedureLabels(SourceFile(name: "labels.tsv", bytes: Array($0.joined(separator: "\n").utf8)))
        }
        let report = try ProcedureListImporter(
            SourceFile(name: "pcs.txt", bytes: Array(text.utf8)), headings: .bundled(), labels: parsed
        ).read(into: &sink)
        return (sink, report)
    }

    @Test func `puts section, body system and table above the codes`() throws {
        let (sink, report) = try read(Self.list)
        #expect(
            sink.codes.map(\.code) == [
                "0", "00", "001", "0010ZZ1", "0010ZZ2", "002", "0020ZZ1", "B", "B0", "B01", "B01ZZZZ",
            ])
        #expect(sink.code("0010ZZ2")?.parent == "001" && sink.code("002")?.parent == "00")
        #expect(sink.code("B")?.title == "Imaging" && sink.code("B01")?.title == "Fluoroscopy")
        #expect(sink.codes.filter(\.billable).count == 4 && report.rowsKept == 4 && report.rowsRead == 4)
    }

    @Test func `notes what each axis says where all labels are known, and defines the operation`() throws {
        let (sink, _) = try read(Self.list, labels: Self.labels)
        let axes = sink.notes.filter { $0.kind == .axis }
        #expect(axes.filter { $0.code == "0010ZZ1" }.map(\.text) == ["Elbow", "Outside", "None", "Blue"])
        #expect(axes.filter { $0.code == "0010ZZ1" }.map(\.label) == ["Body Part", "Approach", "Device", "Qualifier"])
        // Its 7th character has no label: none of its axes is noted, so that none is taken for another.
        #expect(!axes.contains { $0.code == "0010ZZ2" })
        #expect(axes.filter { $0.code == "001" }.map(\.label) == ["Operation"])
        #expect(sink.notes.contains { $0.code == "001" && $0.kind == .definition && $0.text == "Moving to and fro" })
    }

    @Test func `reads the order file too, tables left out`() throws {
        let order = """
            00001 001     0 Head of a table                                              Head of a table
            00002 0010ZZ1 1 Wobbling of Elbow, Extern                                    Wobbling of Elbow, External
            """
        let (sink, report) = try read(order)
        #expect(sink.code("0010ZZ1")?.title == "Wobbling of Elbow, External")
        #expect(sink.code("0010ZZ1")?.shortTitle == "Wobbling of Elbow, Extern")
        #expect(report.rowsRead == 2 && report.rowsKept == 1 && report.rowsRefused == 0)
    }

    @Test func `refuses an empty, a foreign and a truncated file whole, and single rows with their lines`() throws {
        #expect(throws: FileRefusal.self) { try read("\n\n") }
        #expect(throws: FileRefusal.self) { try read("This is a letter\nwith two lines\n") }
        let cut = #expect(throws: FileRefusal.self) { try read(String(Self.list.dropLast(23))) }
        #expect(cut?.line == 4)
        let (_, report) = try read(Self.list + "0010ZZ1 Wobbling again\n")
        #expect(report.rowsRefused == 1 && report.refusals.first?.line == 5)
    }

    private static let pulled = ImportRealFiles.pulled("icd10pcs-codes-2024.txt")
    private static let pulledLabels = ImportRealFiles.pulled("icd10pcs-labels.tsv")

    @Test(.enabled(if: pulled != nil && pulledLabels != nil, "needs the files that `codingahead data pull` lays down"))
    func `gives the 78 603 codes of FY2024, each below headings with a name`() throws {
        let labels = try ProcedureLabels(SourceFile(at: try #require(Self.pulledLabels)))
        let importer = ProcedureListImporter(
            try SourceFile(at: try #require(Self.pulled)), headings: try .bundled(), labels: labels)
        var sink = ImportCollector()
        let report = try importer.read(into: &sink)
        #expect(report.rowsKept == 78_603 && report.rowsRefused == 0)
        #expect(sink.codes.count(where: \.billable) == 78_603)
        #expect(!sink.codes.contains { !$0.billable && $0.title.hasPrefix("Codes that begin") })
        #expect(Set(sink.codes.map(\.code)).count == sink.codes.count)
        #expect(
            sink.notes.filter { $0.code == "0016070" }.map(\.text)
                == ["Cerebral Ventricle", "Open", "Autologous Tissue Substitute", "Nasopharynx"])
    }
}
