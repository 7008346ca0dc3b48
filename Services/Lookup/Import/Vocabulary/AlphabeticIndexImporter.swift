/// Reads the ICD-10-CM Alphabetic Index as a table: `RowID, Letter, Level, Term, See, SeeAlso, NonEssModif, Code`, one row a term,
/// levels from 0 (the main term) down.
///
/// A term is handed on with all that stands above it ("Fracture, traumatic, ankle"), its nonessential modifiers as words that
/// may come along. A term without a code that sends to another ("see Pain, abdominal") is handed on at the code of that other.
package struct AlphabeticIndexImporter: FileImporter {
    private static let columns = ["Level", "Term", "See", "NonEssModif", "Code"]
    /// The official index goes down to level 9.
    private static let deepest = 20

    private let file: SourceFile

    /// - Parameter file: the table, unpacked.
    package init(_ file: SourceFile) { self.file = file }

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
        var codes: [[String]: String] = [:]
        for entry in entries where !entry.code.isEmpty {
            let key = entry.path.map(Self.essential)
            if codes[key] == nil { codes[key] = entry.code }
            try terms.add(
                .index, entry.text, optional: entry.modifiers, at: entry.code, line: entry.line, into: &sink)
        }
        for entry in entries where entry.code.isEmpty && !entry.see.isEmpty {
            let path = entry.see.split(separator: ",").map { Self.essential(String($0)) }
            guard let code = codes[path.filter { !$0.isEmpty && !$0.hasPrefix("by ") }] else { continue }
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
                    see: fields[places[2]], code: fields[places[4]]))
        }
        if records.unclosedLine > 0 {
            throw file.refusal(
                "breaks off inside quotes", line: records.unclosedLine, remedy: "Download or pull the file again")
        }
        return entries
    }

    /// A term as references name it: without what stands in brackets or behind its first comma, lower case.
    private static func essential(_ term: String) -> String {
        var text = ""
        var depth = 0
        for character in term.lowercased() {
            if character == "(" {
                depth += 1
            } else if character == ")" {
                depth -= 1
            } else if character == "," {
                break
            } else if depth == 0, character.isLetter || character.isNumber || character == " " {
                text.append(character)
            }
        }
        return text.split(separator: " ").joined(separator: " ")
    }
}
