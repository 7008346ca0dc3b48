import Testing

@testable import Lookup

@Suite struct `The importers of plain lists of diagnoses` {
    private static let tabular = """
        <?xml version="1.0"?><ICD10CM.tabular><version>2031</version>
        <chapter><name>1</name><desc>First things (A00-B99)</desc>
        <section id="A00-A09"><desc>Made-up section (A00-A09)</desc>
        <diag><name>A00</name><desc>Made-up category</desc>
        <diag><name>A00.1</name><desc>Made-up heading</desc>
        <diag><name>A00.11</name><desc>Made-up code</desc></diag></diag></diag></section>
        <section id="A10-A19"><desc>Empty section (A10-A19)</desc>
        <diag><name>A10</name><desc>Unused category</desc></diag></section></chapter></ICD10CM.tabular>
        """

    private static func headings() throws -> DiagnosisHeadings {
        try DiagnosisHeadings(SourceFile(name: "t.xml", bytes: Array(tabular.utf8)), version: "2031")
    }

    private func read(_ lines: [String], shortTitles: [String: String] = [:]) throws -> ImportCollector {
        var sink = ImportCollector()
        let file = SourceFile(name: "l.txt", bytes: Array(lines.joined(separator: "\n").utf8))
        _ = try DiagnosisListImporter(file, headings: Self.headings(), shortTitles: shortTitles).read(into: &sink)
        return sink
    }

    @Test func `put codes under the headings of the Tabular List, and leave empty ones out`() throws {
        let sink = try read(["A0011   Made-up code of old", "A0012   Another", "A05     Gone category"])
        #expect(sink.codes.map(\.code) == ["1", "A00-A09", "A00", "A00.1", "A00.11", "A00.12", "A05"])
        #expect(sink.codes.map(\.parent) == [nil, "1", "A00-A09", "A00", "A00.1", "A00.1", "A00-A09"])
        #expect(sink.codes.map(\.billable) == [false, false, false, false, true, true, true])
        #expect(sink.code("A00.11")?.title == "Made-up code of old")
    }

    @Test func `read the order file with its own headings and both titles`() throws {
        let blank = String(repeating: " ", count: 55)
        let sink = try read([
            "00001 A00     0 Short\(blank) Heading of the order file",
            "00002 A001    1 Code \(blank) Code of the order file",
        ])
        #expect(sink.code("A00")?.title == "Heading of the order file" && sink.code("A00")?.billable == false)
        #expect(sink.code("A00.1")?.shortTitle == "Code" && sink.code("A00.1")?.parent == "A00")
        #expect(try read(["A001    Long title"], shortTitles: ["A001": "Lg ttl"]).code("A00.1")?.shortTitle == "Lg ttl")
    }

    @Test func `refuse what is no list, breaks off or lies outside every section`() throws {
        #expect(throws: FileRefusal.self) { try read([""]) }
        #expect(throws: FileRefusal.self) { try read(["nothing of the sort", "nor this"]) }
        #expect(throws: FileRefusal.self) { try read(["A0011   Made-up", "A00"]) }
        #expect(throws: FileRefusal.self) { try read(["Z0011   Outside"]) }
    }

    private static let diagnoses = [
        "#dx\t1\t20290101\t20311231", "A0011\t20290101\t20291231\t\t\t\tOld short title",
        "A0011\t20300101\t20311231\t\t\t\tNew short title",
        "A0012\t20300401\t20301231\t15\t124\tmanifestation\tCame and went",
        "#end\t3",
    ]

    private func diagnoses(_ lines: [String] = diagnoses) throws -> (SourceFile, OutpatientDiagnoses) {
        let file = SourceFile(name: "d.tsv", bytes: Array(lines.joined(separator: "\n").utf8))
        return (file, try OutpatientDiagnoses(file))
    }

    @Test func `date the editor's diagnoses by their quarters`() throws {
        let (file, table) = try diagnoses()
        var sink = ImportCollector()
        _ = try OutpatientDiagnosisImporter(
            file, table, content: .codes(Self.headings()), effective: try #require(Day("2029-01-01")),
            end: Day("2030-12-31")
        ).read(into: &sink)
        #expect(sink.code("A00.11")?.title == "New short title" && sink.code("A00.11")?.added == nil)
        #expect(sink.code("A00.12")?.added == Day("2030-04-01") && sink.code("A00.12")?.retired == Day("2031-01-01"))
        #expect(try table.shortTitles(on: #require(Day("2029-05-05"))) == ["A0011": "Old short title"])
    }

    @Test func `word what the editor checks about a diagnosis`() throws {
        let (file, table) = try diagnoses()
        let edits = SourceFile(
            name: "i.tsv",
            bytes: Array(
                [
                    "#ioce\t2\t20290101\t20311231", "edit\t2\t20290101\t20311231\tReturn to Provider\tWrong age",
                    "edit\t86\t20290101\t20311231\tReturn to Provider\tNot first", "#end\t2",
                ].joined(separator: "\n").utf8))
        var sink = ImportCollector()
        _ = try OutpatientDiagnosisImporter(
            file, table, content: .indicators(OutpatientTable(edits), .bundled()),
            effective: try #require(Day("2029-01-01")), end: nil
        ).read(into: &sink)
        #expect(sink.codes.isEmpty)
        #expect(
            sink.notes.map(\.text) == [
                "Wrong age (accepted: 15 years and over). When it applies: return to provider",
                "Not first. When it applies: return to provider",
            ])
        #expect(sink.fact("A00.12", "Age")?.value == "15 years and over")
        #expect(throws: FileRefusal.self) { try diagnoses(Self.diagnoses.dropLast()) }
        #expect(throws: FileRefusal.self) { try diagnoses(["#dx\t1\t20290101\t20311231", "A0011\tx", "#end\t1"]) }
    }
}
