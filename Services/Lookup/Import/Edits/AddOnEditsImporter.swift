/// Reads the add-on code edits of CMS, the workbook saved as CSV or as tab-separated text: columns are found by their
/// names (add-on code, its deletion day, primary code, its deletion day, the edit's effective and deletion days, type,
/// notes). Days are Julian (YYYYDDD) or YYYYMMDD. `CCCCC` as primary code: the contractor decides.
package struct AddOnEditsImporter: ReferenceImporter {
    private static let contractorDefined = "CCCCC"

    private let file: SourceFile

    /// Names what to read.
    package init(_ file: SourceFile) {
        self.file = file
    }

    /// Where the columns are.
    private struct Columns {
        var code: Int
        var primary: Int
        var kind: Int
        var effective: Int
        var deletions: [Int]
    }

    package func read(into writer: inout ReferenceWriter) throws -> ImportReport {
        try file.refuseIfEmpty()
        var rows = rows().makeIterator()
        let columns = try columns(&rows)
        var tally = RowTally()
        while let row = rows.next() {
            guard row.fields.contains(where: { !$0.isEmpty }) else { continue }
            tally.read()
            guard let edit = Self.edit(row.fields, columns) else {
                tally.refuseMalformed(line: row.line, "not an add-on code with its type, primary code and days")
                continue
            }
            do {
                try writer.add(edit)
                tally.keep()
            } catch SnapshotBuildError.duplicate {
                tally.refuse(line: row.line, "\(edit.code) has this primary code and day already")
            }
        }
        return try tally.finish(file, what: "add-on code")
    }

    private func rows() -> [CSVRecords.Record] {
        let firstLine = file.bytes.prefix { $0 != UInt8(ascii: "\n") }
        guard firstLine.contains(UInt8(ascii: "\t")) else {
            return CSVRecords(file.bytes).map {
                CSVRecords.Record(line: $0.line, fields: $0.fields.map(LegacyText.fold))
            }
        }
        return TextLines(file.bytes).map { number, line in
            CSVRecords.Record(
                line: number,
                fields: line.split(separator: 9, omittingEmptySubsequences: false).map { LegacyText.folded($0) })
        }
    }

    private func columns(_ rows: inout IndexingIterator<[CSVRecords.Record]>) throws -> Columns {
        let names = (rows.next()?.fields ?? []).map {
            String($0.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic })
        }
        func place(_ wanted: String...) -> Int? { names.firstIndex { name in wanted.contains { name.hasPrefix($0) } } }
        guard let code = place("addoncode"), let primary = names.firstIndex(of: "primarycode"),
            let kind = place("aocedittype"), let effective = place("aocediteff")
        else {
            throw file.refusal(
                "does not name the columns of add-on code edits", line: 1,
                remedy: "Save the workbook of CMS as CSV with its header row")
        }
        let deletions = [place("aocdeldt"), place("primarycodedel"), place("aoceditdel")].compactMap { $0 }
        return Columns(code: code, primary: primary, kind: kind, effective: effective, deletions: deletions)
    }

    private static func edit(_ fields: [String], _ columns: Columns) -> AddOnEdit? {
        func field(_ place: Int) -> String { place < fields.count ? fields[place] : "" }
        let primary = field(columns.primary)
        guard let code = ProcedureCode(field(columns.code)),
            let kind = Int(field(columns.kind)).flatMap(AddOnEdit.Kind.init(rawValue:)),
            primary.isEmpty || primary == contractorDefined || ProcedureCode(primary) != nil,
            let first = day(field(columns.effective))
        else { return nil }
        var last: Day?
        for deletion in columns.deletions.map(field) where !deletion.isEmpty {
            guard let day = day(deletion) else { return nil }
            last = min(last ?? day, day)
        }
        return AddOnEdit(
            code: code, primary: primary == contractorDefined ? nil : ProcedureCode(primary), kind: kind,
            span: DaySpan(first, last))
    }

    /// A Julian day (YYYYDDD) or YYYYMMDD.
    static func day(_ text: String) -> Day? {
        guard let number = Int(text) else { return nil }
        guard text.utf8.count == 7 else { return Day(number: number) }
        let year = number / 1_000
        var left = number % 1_000
        guard left >= 1 else { return nil }
        for month in 1...12 {
            let length = (28...31).last { Day(number: year * 10_000 + month * 100 + $0) != nil } ?? 0
            if left <= length { return Day(number: year * 10_000 + month * 100 + left) }
            left -= length
        }
        return nil
    }
}
