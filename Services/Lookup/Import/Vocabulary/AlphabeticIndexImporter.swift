/// Reads the ICD-10-CM Alphabetic Index as a table: `RowID, Letter, Level, Term, See, SeeAlso, NonEssModif, Code`, one row a term,
/// levels from 0 (the main term) down.
///
/// A term is handed on with all that stands above it ("Fracture, traumatic, ankle"), its nonessential modifiers as words that
/// may come along. A term without a code that sends to another ("see Pain, abdominal", "see also Gangrene", "see Neoplasm, skin,
/// benign") is handed on at the code of that other.
package struct AlphabeticIndexImporter: FileImporter {
    private static let columns = ["Level", "Term", "See", "NonEssModif", "Code", "SeeAlso"]
    /// The official index goes down to level 9.
    private static let deepest = 20

    private let file: SourceFile
    private let neoplasms: [(path: [String], code: String)]

    /// - Parameters:
    ///   - file: the table, unpacked.
    ///   - neoplasms: the rows of the Table of Neoplasms by column, to which references lead too.
    package init(_ file: SourceFile, neoplasms: [(path: [String], code: String)] = []) {
        self.file = file
        self.neoplasms = neoplasms
    }

    private struct Entry {
        var line: Int
        var path: [String]
        var modifiers: String
        var see: String
        var code: String

        var text: String { path.joined(separator: ", ") }
    }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        try file.refuseIfEmpty()
        let entries = try self.entries()
        var terms = TermSink(.icd10cm)
        var references = IndexReferences()
        for entry in entries where !entry.code.isEmpty {
            references.add(entry.path, code: entry.code)
            try terms.add(
                .index, entry.text, optional: entry.modifiers, at: entry.code, line: entry.line, into: &sink)
        }
        for row in neoplasms { references.add(row.path, code: row.code) }
        for entry in entries where entry.code.isEmpty && !entry.see.isEmpty {
            guard let code = references.code(of: entry.see) else { continue }
            try terms.add(.reference, entry.text, optional: entry.modifiers, at: code, line: entry.line, into: &sink)
        }
        return try terms.tally.finish(file, what: "index term")
    }

    private func entries() throws -> [Entry] {
        var records = CSVRecords(file.bytes)
        let header = records.next()?.fields ?? []
        let places = Self.columns.compactMap { name in header.firstIndex(of: name) }
        guard places.count == Self.columns.count else {
            throw file.refusal(
                "lacks one of the columns \(Self.columns.joined(separator: ", "))", line: 1,
                remedy: "Give the Alphabetic Index as a table, not as PDF or XML")
        }
        var entries: [Entry] = []
        var path: [String] = []
        var modifiers: [String] = []
        while let record = records.next() {
            let fields = record.fields
            if fields.count == 1, fields[0].isEmpty { continue }
            guard fields.count >= header.count, let level = Int(fields[places[0]]), (0...Self.deepest).contains(level),
                level <= path.count
            else {
                throw file.refusal(
                    "has a row without its level", line: record.line, remedy: "Give the publisher's file unchanged")
            }
            path = Array(path.prefix(level)) + [fields[places[1]]]
            modifiers = Array(modifiers.prefix(level)) + [fields[places[3]]]
            entries.append(
                Entry(
                    line: record.line, path: path, modifiers: modifiers.filter { !$0.isEmpty }.joined(separator: " "),
                    see: fields[places[2]].isEmpty ? fields[places[5]] : fields[places[2]], code: fields[places[4]]))
        }
        if records.unclosedLine > 0 {
            throw file.refusal(
                "breaks off inside quotes", line: records.unclosedLine, remedy: "Download or pull the file again")
        }
        return entries
    }
}
