/// Reads a plain list of ICD-10-CM codes of CDC/NCHS in either layout, told apart by the first line:
/// - **order file** (`icd10cm-order-….txt`), 1-based columns: 1–5 order · 7–13 code without dot · 15 billable (0 or 1) ·
///   17–76 short title · 78– long title;
/// - **code list** (`icd10cm-codes-….txt`): 1–7 code without dot · 9– long title; every code is billable.
///
/// Chapters, sections and, where the list has none, the headings above the codes come from a Tabular List of a year near
/// it. The list holds no notes.
package struct DiagnosisListImporter: FileImporter {
    private let file: SourceFile
    private let headings: DiagnosisHeadings
    private let shortTitles: [String: String]

    /// Names what to read.
    ///
    /// - Parameter shortTitles: official short titles by code without dot, for lists that have none.
    package init(_ file: SourceFile, headings: DiagnosisHeadings, shortTitles: [String: String]) {
        self.file = file
        self.headings = headings
        self.shortTitles = shortTitles
    }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        try file.refuseIfEmpty()
        var tally = RowTally()
        var items: [DiagnosisTree.Item] = []
        var seen: Set<String> = []
        var brokenLine = 0
        for (number, line) in TextLines(file.bytes) {
            if line.allSatisfy({ $0 <= UInt8(ascii: " ") }) { continue }
            tally.read()
            brokenLine = 0
            guard let item = item(line) else {
                brokenLine = number
                tally.refuseMalformed(line: number, "not a code with its title")
                continue
            }
            guard seen.insert(item.key).inserted else {
                tally.refuseMalformed(line: number, "\(item.key) comes a second time")
                continue
            }
            items.append(item)
            tally.keep()
        }
        if brokenLine > 0, file.bytes.last != UInt8(ascii: "\n") {
            throw file.refusal(
                "breaks off in the middle of a row", line: brokenLine, remedy: "Download or pull the file again")
        }
        let report = try tally.finish(file, what: "ICD-10-CM code")
        try DiagnosisTree(headings).handOn(items, of: file, to: &sink)
        return report
    }

    private func item(_ line: ArraySlice<UInt8>) -> DiagnosisTree.Item? {
        let isOrder = line.count > 16 && line.prefix(5).allSatisfy { (0x30...0x39).contains($0) }
        let item: DiagnosisTree.Item
        if isOrder {
            let flag = line[line.startIndex + 14]
            guard flag == UInt8(ascii: "0") || flag == UInt8(ascii: "1") else { return nil }
            let short = LegacyText.folded(line.dropFirst(16).prefix(60))
            let long = LegacyText.folded(line.dropFirst(77))
            item = DiagnosisTree.Item(
                key: LegacyText.folded(line.dropFirst(6).prefix(7)), title: long.isEmpty ? short : long,
                shortTitle: short, billable: flag == UInt8(ascii: "1"))
        } else {
            let key = LegacyText.folded(line.prefix(7))
            item = DiagnosisTree.Item(
                key: key, title: LegacyText.folded(line.dropFirst(8)), shortTitle: shortTitles[key] ?? "",
                billable: true)
        }
        guard !item.title.isEmpty, CodeForm.canonical(item.key, in: .icd10cm) == DiagnosisTree.dotted(item.key) else {
            return nil
        }
        return item
    }
}
