/// Reads NCCI procedure-to-procedure edits as CMS publishes them: tab-separated, six header lines, then column-one code,
/// column-two code, `*` for edits older than 1996, effective day, deletion day (`*`: none), modifier indicator (0, 1 or
/// 9), rationale. A pair may occur again with other days. A release of 4.5 million rows is read in bounded memory.
package struct PairEditsImporter: ReferenceImporter {
    private static let headerLines = 6
    private static let columns = 7
    private static let remedy = "Give the tab-separated text file of the release unchanged"

    private let file: SourceStream

    /// Names what to read.
    package init(_ file: SourceStream) {
        self.file = file
    }

    /// What tells two windows apart, without the texts.
    private struct WindowKey: Hashable {
        let effective: Int
        let deleted: Int
        let indicator: Int
        let rationale: Int
    }

    package func read(into writer: inout ReferenceWriter) throws -> ImportReport {
        var tally = StreamTally(file)
        var windows: [WindowKey: ReferenceWriter.WindowNumber] = [:]
        var rationales: [String] = []
        try file.forEachLine { line, bytes in
            guard line > Self.headerLines else { return try checkHeader(line, bytes) }
            guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else { return }
            let fields = TabFields(bytes)
            guard let row = Row(fields) else {
                return tally.refuseMalformed(line: line, "not a pair of codes with its days and its indicator")
            }
            let rationale = fields.text(6)
            let place: Int
            if let known = rationales.firstIndex(of: rationale) {
                place = known
            } else {
                place = rationales.count
                rationales.append(rationale)
            }
            let key = WindowKey(
                effective: row.effective, deleted: row.deleted, indicator: row.indicator, rationale: place)
            let number: ReferenceWriter.WindowNumber
            if let known = windows[key] {
                number = known
            } else {
                guard let window = row.window(rationale) else {
                    return tally.refuseMalformed(line: line, "days that the calendar does not have, or in wrong order")
                }
                number = try writer.number(window)
                windows[key] = number
            }
            try writer.add(row.first, row.second, number)
            tally.keep()
        }
        return try tally.finish(what: "pair of codes")
    }

    /// The header names its columns over several lines; the last of them ends with the indicator's meaning.
    private func checkHeader(_ line: Int, _ bytes: UnsafeRawBufferPointer) throws {
        let fields = TabFields(bytes)
        guard ProcedureCode(bytes: fields[0]) == nil || ProcedureCode(bytes: fields[1]) == nil else {
            throw file.refusal(
                "begins with an edit where its \(Self.headerLines) header lines should be", line: line,
                remedy: Self.remedy)
        }
        if line == 1, fields.count > Self.columns {
            throw file.refusal("has \(fields.count) columns, and the layout 7", line: 1, remedy: Self.remedy)
        }
    }

    /// One edit, its days as numbers.
    private struct Row {
        let first: ProcedureCode
        let second: ProcedureCode
        let effective: Int
        /// 0: none.
        let deleted: Int
        let indicator: Int

        init?(_ fields: TabFields) {
            guard fields.count == PairEditsImporter.columns || fields.count == PairEditsImporter.columns - 1,
                let first = ProcedureCode(bytes: fields[0]), let second = ProcedureCode(bytes: fields[1]),
                fields[2].isEmpty || fields.holds(2, only: UInt8(ascii: "*")), let effective = fields.number(3),
                let indicator = fields.number(5), [0, 1, 9].contains(indicator)
            else { return nil }
            if fields.holds(4, only: UInt8(ascii: "*")) {
                deleted = 0
            } else {
                guard let day = fields.number(4) else { return nil }
                deleted = day
            }
            self.first = first
            self.second = second
            self.effective = effective
            self.indicator = indicator
        }

        func window(_ rationale: String) -> PairEdit.Window? {
            guard let from = Day(number: effective), let indicator = PairEdit.Indicator(rawValue: indicator) else {
                return nil
            }
            let last = deleted == 0 ? nil : Day(number: deleted)
            guard deleted == 0 || last.map({ $0 >= from }) == true else { return nil }
            return PairEdit.Window(effective: from, deleted: last, indicator: indicator, rationale: rationale)
        }
    }
}
