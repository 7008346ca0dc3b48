import Testing

@testable import Lookup

@Suite struct `The importer of ICD-9-CM diagnoses` {
    private func read(_ text: String, short: String? = nil) throws -> (ImportCollector, ImportReport) {
        var sink = ImportCollector()
        let shortTitles = short.map { SourceFile(name: "short.txt", bytes: Array($0.utf8)) }
        let report = try LegacyDiagnosisImporter(
            SourceFile(name: "long.txt", bytes: Array(text.utf8)), shortTitles: shortTitles
        ).read(into: &sink)
        return (sink, report)
    }

    @Test func `puts codes under their chapters, with both titles, retired when ICD-10-CM came`() throws {
        let (sink, report) = try read(
            "25000 Made-up sugar sickness\r\n0010  Made-up fever\nV270  Made-up outcome\nE8490 Made-up place\n",
            short: "25000 Sugar sick\n0010  Fever\n")
        #expect(
            sink.codes.map(\.code) == [
                "001-139", "001.0", "240-279", "250.00", "V01-V91", "V27.0", "E000-E999", "E849.0",
            ])
        #expect(sink.code("250.00")?.parent == "240-279" && sink.code("250.00")?.shortTitle == "Sugar sick")
        #expect(sink.code("250.00")?.retired == Day("2015-10-01") && sink.code("250.00")?.billable == true)
        #expect(sink.code("001-139")?.billable == false)
        #expect(report.rowsKept == 4)
    }

    @Test(
        "refuses another layout, an empty file and short titles of another file",
        arguments: [
            ("", nil), ("E11.9 A diagnosis of another revision\n", nil), ("code,title\n1,2\n3,4\n", nil),
            ("25000 Made-up sugar sickness\n", "nothing here\n"),
        ])
    func other(text: String, short: String?) {
        #expect(throws: FileRefusal.self) { try read(text, short: short) }
    }
}
