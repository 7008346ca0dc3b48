/// Makes an edition of the diagnoses of the Outpatient Code Editor: the codes that were valid on some day of a term with
/// their official short titles and the days on which they came and went, or, as a companion, what the editor checks about
/// each code.
package struct OutpatientDiagnosisImporter: FileImporter {
    /// What is taken from the file.
    package enum Content: Sendable {
        case codes(DiagnosisHeadings)
        /// Indicators and edits of codes that other editions list. The edits are named by the tables of the same editor.
        case indicators(OutpatientTable, OutpatientFlags)
    }

    private let file: SourceFile
    private let diagnoses: OutpatientDiagnoses
    private let content: Content
    private let effective: Day
    private let end: Day?

    /// Names what to read.
    package init(_ file: SourceFile, _ diagnoses: OutpatientDiagnoses, content: Content, effective: Day, end: Day?) {
        self.file = file
        self.diagnoses = diagnoses
        self.content = content
        self.effective = effective
        self.end = end
    }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        guard diagnoses.span.first <= effective, end.map({ $0 <= diagnoses.span.last }) ?? true else {
            throw file.refusal(
                "speaks of \(diagnoses.span.first) to \(diagnoses.span.last), and the edition begins on \(effective)",
                line: 1, remedy: "List the edition's dates within those of the file")
        }
        let last = end ?? diagnoses.span.last
        var tally = RowTally()
        var items: [DiagnosisTree.Item] = []
        for (code, all) in diagnoses.codes {
            let rows = all.filter { $0.first <= last && effective <= $0.last }
            guard let newest = rows.last else { continue }
            tally.read()
            switch content {
            case .codes: items.append(item(code, all, newest))
            case .indicators(let table, let flags): try addIndicators(code, all, newest, table, flags, to: &sink)
            }
            tally.keep()
        }
        if case .codes(let headings) = content { try DiagnosisTree(headings).handOn(items, of: file, to: &sink) }
        return try tally.finish(file, what: "diagnosis of the edition")
    }

    /// The first and last day on which the code was valid without a gap, up to a row.
    private func run(_ all: [OutpatientDiagnoses.Row], _ newest: OutpatientDiagnoses.Row) -> (first: Day, last: Day) {
        guard let place = all.firstIndex(where: { $0.first == newest.first }) else {
            return (newest.first, newest.last)
        }
        var first = place
        while first > 0, all[first - 1].last.next == all[first].first { first -= 1 }
        var last = place
        while last + 1 < all.count, all[last].last.next == all[last + 1].first { last += 1 }
        return (all[first].first, all[last].last)
    }

    private func item(
        _ code: String, _ all: [OutpatientDiagnoses.Row], _ newest: OutpatientDiagnoses.Row
    ) -> DiagnosisTree.Item {
        let run = run(all, newest)
        return DiagnosisTree.Item(
            key: code, title: newest.title, shortTitle: newest.title, billable: true,
            added: run.first > diagnoses.span.first ? run.first : nil,
            retired: run.last < diagnoses.span.last ? run.last.next : nil)
    }

    private func addIndicators(
        _ key: String, _ all: [OutpatientDiagnoses.Row], _ row: OutpatientDiagnoses.Row, _ table: OutpatientTable,
        _ flags: OutpatientFlags, to sink: inout some RecordSink
    ) throws {
        let code = DiagnosisTree.dotted(key)
        func add(_ number: Int, _ more: String = "") throws {
            guard let edit = table.meaning("edit\(number)", on: row.last) else { return }
            try sink.add(
                NoteRecord(
                    code: code, kind: .edit, label: "Outpatient edit \(number)", text: OutpatientEdit.text(edit, more)))
        }
        let run = run(all, row)
        try sink.add(
            FactRecord(
                code: code, name: "Accepted by the Outpatient Code Editor", value: "\(run.first) to \(run.last)",
                meaning: ""))
        if let ages = row.ages {
            try sink.add(
                FactRecord(
                    code: code, name: "Age", value: ages.description,
                    meaning: "accepted by the editor"))
            try add(OutpatientEdit.diagnosisAge, "accepted: \(ages)")
        }
        for flag in row.flags {
            if let number = flags.diagnosisEdits[flag] { try add(number) }
            if let fact = flags.diagnosisFacts[flag], fact.count == 2 {
                try sink.add(FactRecord(code: code, name: fact[0], value: "", meaning: fact[1]))
            }
        }
    }
}
