/// Reads MODUL.txt of an AMA delivery: modifiers in sections; an entry is `code text`, wrapped over lines, and a blank
/// line ends it. Section titles and the © preamble are no entries. A modifier that several sections list is kept once.
package struct CPTModifierImporter: FileImporter {
    private let file: SourceFile

    /// - Parameter file: MODUL.txt.
    package init(_ file: SourceFile) { self.file = file }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        try file.refuseIfEmpty()
        var report = ImportReport()
        var seen: Set<String> = []
        var entry: (code: String, text: String, line: Int)?
        for (number, line) in TextLines(file.bytes) {
            let text = LegacyText.folded(line)
            if text.isEmpty {
                try handOn(&entry, &seen, &report, to: &sink)
            } else if let open = entry {
                entry = (open.code, open.text + " " + text, open.line)
            } else if let (code, rest) = Self.opening(text) {
                entry = (code, rest, number)
            }
        }
        try handOn(&entry, &seen, &report, to: &sink)
        guard report.rowsKept > 0 else { throw file.refusal("holds no modifier", remedy: CPTDelivery.remedy) }
        return report
    }

    private func handOn(
        _ entry: inout (code: String, text: String, line: Int)?, _ seen: inout Set<String>,
        _ report: inout ImportReport, to sink: inout some RecordSink
    ) throws {
        guard let done = entry else { return }
        entry = nil
        report.rowsRead += 1
        guard seen.insert(done.code).inserted else {
            return report.refuse(line: done.line, "\(done.code) is listed by another section already")
        }
        try sink.add(
            CodeRecord(
                code: done.code, parent: nil, title: done.text, shortTitle: "", billable: true, added: nil,
                retired: nil))
        report.rowsKept += 1
    }

    /// `code text`, when a line begins with a modifier: two characters, the first a digit or P (physical status).
    private static func opening(_ text: String) -> (String, String)? {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].utf8.count == 2, let first = parts[0].utf8.first,
            (0x30...0x39).contains(first) || first == UInt8(ascii: "P"),
            CodeForm.canonical(String(parts[0]), in: .cptModifier) == String(parts[0])
        else { return nil }
        return (String(parts[0]), LegacyText.fold(String(parts[1])))
    }
}
