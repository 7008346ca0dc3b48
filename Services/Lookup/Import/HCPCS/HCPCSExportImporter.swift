/// Reads the 46-column export of the HCPCS workbook of CMS (`HCPC….csv`): a header line, then one row per code or
/// modifier. Columns are found by their headings. Exports carry a leading row number without a heading, modifiers with
/// three blanks before them, and numbers that lost leading zeros or gained `.0`; all of it is put right.
package struct HCPCSExportImporter: FileImporter {
    private let file: SourceFile
    private let content: HCPCSContent
    private let term: HCPCSTerm
    private let notes: HCPCSProcessingNotes
    private let table: HCPCSIndicatorTable

    /// Names what to read.
    package init(
        _ file: SourceFile, content: HCPCSContent, term: HCPCSTerm, notes: HCPCSProcessingNotes,
        table: HCPCSIndicatorTable
    ) {
        self.file = file
        self.content = content
        self.term = term
        self.notes = notes
        self.table = table
    }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        try file.refuseIfEmpty()
        var source = CSVRecords(file.bytes)
        guard let header = source.next() else { throw file.refusal("is empty", remedy: "Pull the file again") }
        let columns = try HCPCSExportColumns(header.fields, table: table, file: file)
        var records = HCPCSRecords(file, table: table, notes: notes, content: content, term: term)
        var pending: HCPCSRow?
        var shortLine = 0
        while let record = source.next() {
            shortLine = 0
            if record.fields == [""] { continue }
            guard record.fields.count == columns.count else {
                shortLine = record.line
                records.refuseMalformed(
                    line: record.line, "\(record.fields.count) columns where the header has \(columns.count)")
                continue
            }
            let row = columns.row(record, table: table)
            switch columns.recordID(record) {
            case "3", "7":
                if let done = pending { try records.handOn(done, to: &sink) }
                pending = row
            case "4", "8":
                guard pending?.code == row.code else {
                    records.refuseMalformed(line: record.line, "a continuation of no record")
                    continue
                }
                pending?.longDescription += " " + row.longDescription
            default:
                records.refuseMalformed(line: record.line, "the record id is none of 3, 4, 7 and 8")
            }
        }
        if let done = pending { try records.handOn(done, to: &sink) }
        let brokenLine = source.unclosedLine > 0 ? source.unclosedLine : shortLine
        guard brokenLine == 0 else {
            throw file.refusal(
                "breaks off in the middle of a row", line: brokenLine, remedy: "Download or pull the file again")
        }
        return try records.finish()
    }
}
