/// Reads Medically Unlikely Edits as CMS publishes them: CSV whose first cell is a quoted notice over several lines, then
/// a header (code, units, adjudication indicator, rationale; cells may hold line ends), then a row a code. The file has
/// no dates: its quarter dates it.
package struct UnitLimitsImporter: ReferenceImporter {
    private let file: SourceFile

    /// Names what to read.
    package init(_ file: SourceFile) {
        self.file = file
    }

    package func read(into writer: inout ReferenceWriter) throws -> ImportReport {
        try file.refuseIfEmpty()
        var records = CSVRecords(file.bytes)
        try findHeader(&records)
        var tally = RowTally()
        while let record = records.next() {
            let fields = record.fields.map(LegacyText.fold)
            guard fields.contains(where: { !$0.isEmpty }) else { continue }
            tally.read()
            guard fields.count >= 3, let code = ProcedureCode(fields[0]), let units = Int(fields[1]), units >= 0,
                let measure = fields[2].utf8.first.flatMap({ UnitLimit.Measure(rawValue: Int($0) - 0x30) })
            else {
                tally.refuseMalformed(line: record.line, "not a code with its units and its adjudication indicator")
                continue
            }
            do {
                try writer.add(
                    UnitLimit(
                        code: code, units: units, measure: measure, rationale: fields.count > 3 ? fields[3] : ""))
                tally.keep()
            } catch SnapshotBuildError.duplicate {
                tally.refuseMalformed(line: record.line, "\(code) occurs twice")
            }
        }
        if records.unclosedLine > 0 {
            throw refusal("breaks off inside a quoted cell", line: records.unclosedLine)
        }
        return try tally.finish(file, what: "unit limit")
    }

    private func findHeader(_ records: inout CSVRecords) throws {
        for _ in 0..<Self.mostLinesAbove {
            guard let record = records.next() else { break }
            let first = LegacyText.fold(record.fields.first ?? "").lowercased()
            guard first.hasPrefix("hcpcs"), record.fields.count >= 3 else { continue }
            let names = record.fields.map { LegacyText.fold($0).lowercased() }
            guard names[1].contains("mue"), names[2].contains("adjudication") else {
                throw refusal("names other columns than the layout", line: record.line)
            }
            return
        }
        throw refusal("has no header that names HCPCS/CPT code, MUE values and adjudication indicator", line: 1)
    }

    /// The notice and what stands around it.
    private static let mostLinesAbove = 10

    private func refusal(_ reason: String, line: Int) -> FileRefusal {
        file.refusal(reason, line: line, remedy: "Give the CSV file of the quarter's MUE table unchanged")
    }
}
