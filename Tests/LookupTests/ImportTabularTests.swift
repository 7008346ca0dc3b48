@testable import Lookup
import Testing

@Suite struct `The ICD-10-CM tabular importer` {
    private static let xml = """
        <?xml version="1.0" encoding="utf-8"?>
        <ICD10CM.tabular>
          <version>2031</version>
          <introduction><introSection type="title"><title>Made up</title></introSection></introduction>
          <chapter>
            <name>1</name>
            <desc>Invented conditions (A00-A09)</desc>
            <includes><note>things that nobody has</note></includes>
            <sectionIndex><sectionRef first="A00" last="A05" id="A00-A05">Small ones</sectionRef></sectionIndex>
            <section id="A00-A09"><desc>All of them (A00-A09)</desc></section>
            <section id="A00-A05">
              <desc>Small ones (A00-A05)</desc>
              <excludes2><note>large ones (A09)</note></excludes2>
              <diag>
                <name>A00</name>
                <desc>Wobble</desc>
                <sevenChrNote><note>Add a 7th character to each code</note></sevenChrNote>
                <sevenChrDef>
                  <extension char="A">first time</extension>
                  <extension char="D">again</extension>
                  <note>again and again</note>
                </sevenChrDef>
                <diag><name>A00.1</name><desc>Wobble of thumb</desc>
                  <inclusionTerm><note>Thumb  wobble</note></inclusionTerm></diag>
                <diag><name>A00.2</name><desc>Wobble of toe</desc>
                  <diag><name>A00.21</name><desc>Wobble of big toe</desc></diag></diag>
              </diag>
            </section>
            <section id="A09">
              <desc>Large ones (A09)</desc>
              <diag><name>A09</name><desc>Sway &amp; swagger</desc>
                <excludes1><note>wobble (A00.-)</note></excludes1></diag>
            </section>
          </chapter>
        </ICD10CM.tabular>
        """

    private func read(
        _ xml: String, version: String = "2031", list: String? = nil
    ) throws -> (ImportCollector, ImportReport) {
        var sink = ImportCollector()
        let codes = try list.map { try DiagnosisCodeList(SourceFile(name: "codes.txt", bytes: Array($0.utf8))) }
        let importer = TabularImporter(
            SourceFile(name: "tabular.xml", bytes: Array(xml.utf8)), version: version, checkedAgainst: codes)
        let report = try importer.read(into: &sink)
        return (sink, report)
    }

    @Test func `lists chapters, sections and codes in the order of the file, each after its parent`() throws {
        let (sink, report) = try read(Self.xml)
        #expect(
            sink.codes.map(\.code) == [
                "1", "A00-A09", "A00-A05", "A00", "A00.1", "A00.1XXA", "A00.1XXD", "A00.2", "A00.21", "A00.21XA",
                "A00.21XD", "A09-A09", "A09",
            ])
        #expect(
            sink.codes.map(\.parent) == [
                nil, "1", "A00-A09", "A00-A05", "A00", "A00.1", "A00.1", "A00", "A00.2", "A00.21", "A00.21",
                "A00-A09", "A09-A09",
            ])
        #expect(sink.codes.filter(\.billable).map(\.code) == ["A00.1XXA", "A00.1XXD", "A00.21XA", "A00.21XD", "A09"])
        #expect(report.rowsRead == 13 && report.rowsKept == 13 && report.rowsRefused == 0)
    }

    @Test func `makes titles of the code's own and the 7th character's text`() throws {
        let (sink, _) = try read(Self.xml)
        #expect(sink.code("A00.1XXD")?.title == "Wobble of thumb, again")
        #expect(sink.code("A09")?.title == "Sway & swagger")
        #expect(sink.code("A00-A05")?.title == "Small ones")
    }

    @Test func `keeps every note at the heading it stands at`() throws {
        let (sink, _) = try read(Self.xml)
        let expected: [NoteRecord] = [
            NoteRecord(code: "1", kind: .includes, label: "", text: "things that nobody has"),
            NoteRecord(code: "A00-A05", kind: .excludes2, label: "", text: "large ones (A09)"),
            NoteRecord(code: "A00", kind: .seventhCharacterNote, label: "", text: "Add a 7th character to each code"),
            NoteRecord(code: "A00", kind: .seventhCharacter, label: "A", text: "first time"),
            NoteRecord(code: "A00", kind: .seventhCharacter, label: "D", text: "again"),
            NoteRecord(code: "A00", kind: .seventhCharacter, label: "D", text: "again and again"),
            NoteRecord(code: "A00.1", kind: .inclusionTerm, label: "", text: "Thumb wobble"),
            NoteRecord(code: "A09", kind: .excludes1, label: "", text: "wobble (A00.-)"),
        ]
        #expect(sink.notes == expected)
    }

    @Test(arguments: [
        "1\r\nA00-A09\r\nA00\r\nA001\r\nA001XXA\r\nA0021XA\r\nA0021XD\r\nA09\r\nA09\r\n",
        """
        00001 A00     0 x
        00002 A001XXA 1 x
        00003 A0021XA 1 x
        00004 A0021XD 1 x
        00005 A09     1 x
        """,
    ])
    func `refuses an expansion that the code list or the order file has not, with its line`(list: String) throws {
        let (sink, report) = try read(Self.xml, list: list)
        #expect(sink.code("A00.1XXD") == nil)
        #expect(report.rowsRefused == 1 && report.rowsKept == 12 && report.rowsRead == 13)
        #expect(report.refusals.first?.line == 23)
        #expect(report.refusals.first?.reason.contains("A00.1XXD") == true)
    }

    @Test func `refuses a file of another edition, a broken, an empty and a foreign one, naming file and line`() throws
    {
        #expect(throws: FileRefusal.self) { try read(Self.xml, version: "2032") }
        #expect(throws: FileRefusal.self) { try read("  \n ") }
        #expect(throws: FileRefusal.self) { try read("<other><version>2031</version></other>") }
        let truncated = String(Self.xml.prefix(900))
        let refusal = #expect(throws: FileRefusal.self) { try read(truncated) }
        #expect(refusal?.file == "tabular.xml" && (refusal?.line ?? 0) > 5)
        #expect(refusal?.description.contains("again") == true)
    }

    @Test func `refuses a list that belongs to another edition`() throws {
        #expect(throws: FileRefusal.self) { try read(Self.xml, list: "A00\nA001XXA\nB99\n") }
        #expect(throws: FileRefusal.self) { try read(Self.xml, list: "A00\nnot a code\n") }
    }

    @Test func `refuses elements in the wrong place and codes that come twice`() throws {
        let twice = Self.xml.replacing("<name>A00.2</name>", with: "<name>A00.1</name>")
            .replacing("<name>A00.21</name>", with: "<name>A00.1</name>")
        #expect(throws: FileRefusal.self) { try read(twice) }
        let nameless = Self.xml.replacing("<name>A09</name>", with: "")
        #expect(throws: FileRefusal.self) { try read(nameless) }
        let outside = Self.xml.replacing("<section id=\"A09\">", with: "").replacing(
            "</section>\n          </chapter>", with: "</chapter>")
        #expect(throws: FileRefusal.self) { try read(outside) }
    }
}

@Suite struct `The ICD-10-CM tabular importer on the real files` {
    private static let tabular = ImportRealFiles.pulled("icd10c-tabular-April-1-2026.xml")
    private static let list = ImportRealFiles.pulled("code-list-April-2026.txt")

    @Test(.enabled(if: tabular != nil && list != nil, "needs the files that `codingahead data pull` lays down"))
    func `gives exactly the 74 719 billable codes of April 2026 and says which 76 the list has not`() throws {
        let codes = try DiagnosisCodeList(SourceFile(at: try #require(Self.list)))
        #expect(codes.billable.count == 74_719)
        let importer = TabularImporter(
            try SourceFile(at: try #require(Self.tabular)), version: "2026", checkedAgainst: codes)
        var sink = ImportCollector()
        let report = try importer.read(into: &sink)
        #expect(sink.codes.count(where: \.billable) == 74_719)
        #expect(Set(sink.codes.map(\.code)).count == sink.codes.count)
        #expect(report.rowsRefused == 76)
        #expect(report.refusals.allSatisfy { $0.line > 0 && $0.reason.contains("S06.") })
        #expect(sink.code("E11.9")?.title == "Type 2 diabetes mellitus without complications")
        #expect(sink.code("T36.0X1A")?.parent == "T36.0X1")
        #expect(sink.code("C00")?.parent == "C00-C14")
        #expect(sink.code("C00-C14")?.parent == "C00-C75")
        #expect(sink.notes.contains { $0.code == "H54.8" && $0.text.contains("less than 6/18") })
        let known = Set(sink.codes.map(\.code))
        #expect(sink.codes.allSatisfy { code in code.parent.map { known.contains($0) } ?? true })
    }
}
