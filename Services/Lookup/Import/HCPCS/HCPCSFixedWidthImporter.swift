/// Reads the fixed-width HCPCS file of CMS (`HCPC….txt`, record layout `HCPCS2019_recordlayout.txt`): 320 columns, of
/// which trailing blanks may be missing.
///
/// 1-based columns: 1–5 code (a modifier in 4–5) · 11 record id (3 first line of a code, 4 continuation, 7 first line of
/// a modifier, 8 continuation) · 12–91 long description · 92–119 short description · the indicators as
/// `Resources/hcpcs-indicators.json` has them. Words are not split between lines of a description. Releases of some years
/// open with a disclaimer of a few lines.
package struct HCPCSFixedWidthImporter: FileImporter {
    /// A disclaimer is a page at most; more than this before the first record is another layout.
    private static let maximumPreambleLines = 60
    /// Up to the action code.
    private static let recordWidth = 293

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
        var records = HCPCSRecords(file, table: table, notes: notes, content: content, term: term)
        var pending: HCPCSRow?
        var isPreamble = true
        var lastShort = 0
        for (number, line) in TextLines(file.bytes) {
            let width = line.count
            switch width >= 11 ? line[line.startIndex + 10] : 0 {
            case UInt8(ascii: "3") where isCodeField(line), UInt8(ascii: "7") where isCodeField(line):
                isPreamble = false
                if let row = pending { try records.handOn(row, to: &sink) }
                pending = nil
                if width >= Self.recordWidth {
                    pending = row(line, number: number)
                } else {
                    lastShort = number
                    records.refuseMalformed(line: number, "the record breaks off after column \(width)")
                }
            case UInt8(ascii: "4") where isCodeField(line), UInt8(ascii: "8") where isCodeField(line):
                guard !isPreamble, pending?.code == code(line) else {
                    if lastShort == 0 { records.refuseMalformed(line: number, "a continuation of no record") }
                    continue
                }
                let more = LegacyText.folded(field(line, 12, 80))
                if !more.isEmpty { pending?.longDescription += " " + more }
            default:
                if isPreamble, number <= Self.maximumPreambleLines { continue }
                if line.allSatisfy({ $0 <= UInt8(ascii: " ") }) { continue }
                lastShort = number
                records.refuseMalformed(line: number, "not a HCPCS record")
            }
        }
        if let row = pending { try records.handOn(row, to: &sink) }
        try refuseIfTruncated(lastShort: lastShort)
        return try records.finish()
    }

    /// A file that was cut ends in the middle of a record.
    private func refuseIfTruncated(lastShort: Int) throws {
        guard file.bytes.last != UInt8(ascii: "\n"), file.bytes.last != UInt8(ascii: "\u{1A}") else { return }
        var last = 0
        for (number, _) in TextLines(file.bytes) { last = number }
        guard lastShort == last, last > 0 else { return }
        throw file.refusal(
            "breaks off in the middle of a record", line: last, remedy: "Download or pull the file again")
    }

    private func isCodeField(_ line: ArraySlice<UInt8>) -> Bool {
        line.prefix(5).allSatisfy { $0 == 0x20 || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
            && line.dropFirst(5).prefix(5).allSatisfy { (0x30...0x39).contains($0) || $0 == 0x20 }
    }

    private func code(_ line: ArraySlice<UInt8>) -> String { LegacyText.folded(line.prefix(5)) }

    private func field(_ line: ArraySlice<UInt8>, _ start: Int, _ width: Int) -> ArraySlice<UInt8> {
        line.dropFirst(start - 1).prefix(width)
    }

    private func row(_ line: ArraySlice<UInt8>, number: Int) -> HCPCSRow {
        HCPCSRow(
            line: number, code: code(line), isModifier: line[line.startIndex + 10] == UInt8(ascii: "7"),
            longDescription: LegacyText.folded(field(line, 12, 80)),
            shortDescription: LegacyText.folded(field(line, 92, 28)),
            values: table.indicators.map { indicator in
                (0..<indicator.count).map { index in
                    LegacyText.folded(
                        field(line, indicator.start + index * indicator.width, indicator.width))
                }.filter { !$0.isEmpty }.map { indicator.normalised($0) }
            })
    }
}
