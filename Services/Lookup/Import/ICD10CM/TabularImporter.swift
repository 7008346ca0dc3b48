/// Reads the ICD-10-CM Tabular List in the XML layout of CDC/NCHS (`icd10c-tabular-….xml`, described by
/// `icd-10-cm-tabular-….xsd`): chapters, sections and codes with all their notes, and the codes that 7th characters
/// make, which the file itself does not list.
///
/// Records come out in the order of the file. A chapter's code is its number (`4`), a section's its range (`E08-E13`,
/// `B10-B10` for a section of one category). The title of an expanded code is the title of the code that it extends, a
/// comma, and the text of the 7th character.
package struct TabularImporter: FileImporter {
    private let file: SourceFile
    private let version: String
    private let list: DiagnosisCodeList?
    private let shortTitles: [String: String]

    /// Names what to read.
    ///
    /// - Parameters:
    ///   - file: the XML.
    ///   - version: what the file's `<version>` must say, e.g. `2026`.
    ///   - list: the valid codes of the same edition; expansions beyond it are refused one by one. Without it every
    ///     expansion is kept, among them codes that a note in running text excludes.
    ///   - shortTitles: official short titles by code without dot; the Tabular List has none.
    package init(
        _ file: SourceFile, version: String, checkedAgainst list: DiagnosisCodeList?,
        shortTitles: [String: String] = [:]
    ) {
        self.file = file
        self.version = version
        self.list = list
        self.shortTitles = shortTitles
    }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        try file.refuseIfEmpty()
        let parser = TabularParser(file, version: version, list: list, shortTitles: shortTitles, sink: sink)
        let report = try parser.parse()
        sink = parser.sink
        return report
    }
}
