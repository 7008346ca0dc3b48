/// A CSV file whose columns are found by their names: some lines of title, then the header, then rows.
struct CSVTable {
    /// One row under the header.
    struct Row {
        let line: Int
        fileprivate let fields: [String]

        /// The field at a place, folded; empty when the row is shorter.
        subscript(place: Int) -> String { place < fields.count ? LegacyText.fold(fields[place]) : "" }

        var isEmpty: Bool { fields.allSatisfy { field in field.allSatisfy(\.isWhitespace) } }
    }

    /// The names in the header, folded, in lower case.
    let names: [String]
    /// The names with those of the lines above them, which continue them upwards ("NON-FAC" above "PE RVU").
    let stacked: [String]
    let rows: [Row]
    /// The lines above the header.
    let preamble: [String]

    /// Title lines above a header; the longest layout has nine.
    private static let mostLinesAbove = 20

    /// - Parameters:
    ///   - isHeader: whether a record's names, folded and in lower case, are the header.
    ///   - layout: what the file should be, for messages.
    /// - Throws: ``FileRefusal`` when the file is empty, has no such header, or breaks off inside a quoted cell.
    init(_ file: SourceFile, layout: String, isHeader: ([String]) -> Bool) throws {
        try file.refuseIfEmpty()
        var records = CSVRecords(file.bytes)
        var above: [[String]] = []
        var found: [String]?
        while above.count <= Self.mostLinesAbove, let record = records.next() {
            let names = record.fields.map { LegacyText.fold($0).lowercased() }
            if isHeader(names) {
                found = names
                break
            }
            above.append(record.fields.map(LegacyText.fold))
        }
        guard let names = found else {
            throw file.refusal(
                "has no header line of \(layout)", line: 1, remedy: "Give the publisher's CSV file unchanged")
        }
        self.names = names
        stacked = names.indices.map { place in
            let words = above.map { place < $0.count ? $0[place] : "" } + [names[place]]
            return LegacyText.fold(words.joined(separator: " ")).lowercased()
        }
        preamble = above.map { LegacyText.fold($0.joined(separator: " ")) }
        var rows: [Row] = []
        while let record = records.next() { rows.append(Row(line: record.line, fields: record.fields)) }
        if records.unclosedLine > 0 {
            throw file.refusal(
                "breaks off inside a quoted cell", line: records.unclosedLine, remedy: "Pull the file again")
        }
        self.rows = rows
    }

    /// The place of the first column whose name begins with one of these.
    func place(_ starts: String...) -> Int? {
        names.firstIndex { name in starts.contains { name.hasPrefix($0) } }
    }

    /// The place of the nth column of a name, from 0.
    func place(_ name: String, occurrence: Int) -> Int? {
        let places = names.indices.filter { names[$0] == name }
        return occurrence < places.count ? places[occurrence] : nil
    }
}
