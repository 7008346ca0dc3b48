/// Reads the official list of ICD-10-PCS codes. Two layouts, told apart by the sixth column of the first line:
/// - **code list** (`icd10pcs_codes_….txt`): 1–7 code · 9– long title;
/// - **order file** (`icd10pcs_order_….txt`): 1–5 order · 7–13 code · 15 valid (0 for a table) · 17–76 short title ·
///   78– long title.
///
/// Above the codes stand their section, body system and table (the first one, two and three characters), each with an
/// axis note of what its last character says. Where labels are loaded, a code has axis notes for characters 4 to 7, and a
/// table the definition of its operation.
package struct ProcedureListImporter: FileImporter {
    private let file: SourceFile
    private let headings: ProcedureHeadings
    private let labels: ProcedureLabels?

    /// Names what to read.
    package init(_ file: SourceFile, headings: ProcedureHeadings, labels: ProcedureLabels?) {
        self.file = file
        self.headings = headings
        self.labels = labels
    }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        try file.refuseIfEmpty()
        var tally = RowTally()
        var seen: Set<String> = []
        var above: [String] = []
        var brokenLine = 0
        for (number, line) in TextLines(file.bytes) {
            if line.allSatisfy({ $0 <= UInt8(ascii: " ") }) { continue }
            tally.read()
            brokenLine = 0
            guard let row = ProcedureRow(line) else {
                brokenLine = number
                tally.refuseMalformed(line: number, "not a seven-character code with its title")
                continue
            }
            guard row.isValid else { continue }
            guard seen.insert(row.code).inserted else {
                tally.refuseMalformed(line: number, "\(row.code) comes a second time")
                continue
            }
            try addHeadings(of: row.code, to: &sink, below: &above, seen: &seen)
            try sink.add(
                CodeRecord(
                    code: row.code, parent: above.last, title: row.title, shortTitle: row.shortTitle, billable: true,
                    added: nil, retired: nil))
            try addAxes(of: row, to: &sink)
            tally.keep()
        }
        if brokenLine > 0, file.bytes.last != UInt8(ascii: "\n") {
            throw file.refusal(
                "breaks off in the middle of a row", line: brokenLine, remedy: "Download or pull the file again")
        }
        return try tally.finish(file, what: "ICD-10-PCS code")
    }

    private func addHeadings(
        of code: String, to sink: inout some RecordSink, below above: inout [String], seen: inout Set<String>
    ) throws {
        while let last = above.last, !code.hasPrefix(last) { above.removeLast() }
        for length in (above.count + 1)..<4 {
            let heading = String(code.prefix(length))
            if seen.insert(heading).inserted {
                try sink.add(
                    CodeRecord(
                        code: heading, parent: above.last, title: headings.title(of: heading), shortTitle: "",
                        billable: false, added: nil, retired: nil))
                try sink.add(
                    NoteRecord(
                        code: heading, kind: .axis, label: headings.axis(length, section: String(code.prefix(1))),
                        text: headings.title(of: heading)))
                if length == 1 { try addApproaches(of: heading, to: &sink) }
                if length == 3 { try addDefinition(of: heading, to: &sink) }
            }
            above.append(heading)
        }
    }

    private func addApproaches(of section: String, to sink: inout some RecordSink) throws {
        for approach in labels?.approaches(section: section) ?? [] {
            try sink.add(
                NoteRecord(
                    code: section, kind: .definition, label: ProcedureAxes.approachLabel + approach.character,
                    text: approach.definition))
        }
    }

    private func addDefinition(of table: String, to sink: inout some RecordSink) throws {
        guard let operation = labels?.operation(table: table) else { return }
        let parts = [
            (ProcedureAxes.operationLabel, operation.definition), ("Explanation", operation.explanation),
            ("Examples", operation.examples),
        ]
        for (label, text) in parts where !text.isEmpty {
            try sink.add(NoteRecord(code: table, kind: .definition, label: label, text: text))
        }
    }

    /// Notes on characters 4 to 7, when all four are known: readers match them to characters by their order.
    private func addAxes(of row: ProcedureRow, to sink: inout some RecordSink) throws {
        guard let labels else { return }
        let code = row.code
        let table = String(code.prefix(3))
        let section = String(code.prefix(1))
        let known = code.enumerated().dropFirst(3).compactMap { index, value in
            labels.label(table: table, place: index + 1, value: value).map { (place: index + 1, label: $0) }
        }
        guard known.count == 4 else { return }
        for (place, label) in known {
            try sink.add(
                NoteRecord(
                    code: code, kind: .axis, label: headings.axis(place, section: section),
                    text: Self.joined(label, as: row.title)))
        }
    }

    /// A label that was broken inside a word, put together where the title has the word whole.
    private static func joined(_ label: String, as title: String) -> String {
        var words: [Substring] = []
        for word in label.split(separator: " ") {
            if let last = words.last, title.contains(last + word), !title.contains(last + " " + word) {
                words[words.count - 1] = Substring(last + word)
            } else {
                words.append(word)
            }
        }
        return words.joined(separator: " ")
    }
}
