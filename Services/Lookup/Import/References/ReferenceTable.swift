/// Reads a CSV file of rows that are found by a key. What differs between the layouts is in a ``RowLayout``.
package struct ReferenceTable: ReferenceImporter {
    private let file: SourceFile
    private let layout: RowLayout

    init(_ file: SourceFile, layout: RowLayout) {
        self.file = file
        self.layout = layout
    }

    package func read(into writer: inout ReferenceWriter) throws -> ImportReport {
        let table = try CSVTable(file, layout: layout.name, isHeader: layout.isHeader)
        guard let reader = layout.reader(table) else {
            throw file.refusal(
                "does not name the columns of \(layout.name)", line: 1,
                remedy: "Give the publisher's CSV file unchanged")
        }
        var tally = RowTally()
        for row in table.rows where !row.isEmpty {
            switch reader(row) {
            case .row(let value):
                tally.read()
                do {
                    try writer.add(value)
                    tally.keep()
                } catch SnapshotBuildError.duplicate {
                    tally.refuse(line: row.line, "\(value.key) \(value.variant) occurs twice")
                }
            case .refused(let reason):
                tally.read()
                tally.refuse(line: row.line, reason)
            case .malformed(let reason):
                tally.read()
                tally.refuseMalformed(line: row.line, reason)
            case .skipped: continue
            }
        }
        return try tally.finish(file, what: "row of \(layout.name)")
    }
}
