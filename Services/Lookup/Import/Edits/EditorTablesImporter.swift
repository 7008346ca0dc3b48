/// Reads what `read_source.py edits` takes out of the Outpatient Code Editor: spans of validity of procedures, diagnoses
/// and modifiers with ages and flags, add-on codes, modifiers that exclude each other, and the texts of the edits.
///
/// A file gives two references, because add-on codes are replaced by those of CMS where an operator loads them.
package struct EditorTablesImporter: ReferenceImporter {
    /// What is taken from the file.
    package enum Part: Sendable {
        case spans, addOns
    }

    private let file: SourceStream
    private let span: DaySpan
    private let part: Part

    /// - Parameters:
    ///   - span: the days that the file must speak of.
    ///   - part: what is taken.
    package init(_ file: SourceStream, span: DaySpan, part: Part) {
        self.file = file
        self.span = span
        self.part = part
    }

    package func read(into writer: inout ReferenceWriter) throws -> ImportReport {
        var tally = StreamTally(file)
        try StreamedRows(file, format: "#edits").read(within: span) { line, fields in
            let kind = fields.text(0)
            guard (kind == "addon") == (part == .addOns) else { return }
            guard let days = days(fields) else {
                return tally.refuseMalformed(line: line, "not days of the file's quarters")
            }
            if let reason = try write(kind, fields, days, to: &writer) {
                tally.refuseMalformed(line: line, reason)
            } else {
                tally.keep()
            }
        }
        return try tally.finish(what: part == .addOns ? "add-on code" : "span of a code")
    }

    /// The span of a row. A code of the last quarter goes on as long as the file speaks.
    private func days(_ fields: TabFields) -> DaySpan? {
        guard let first = fields.number(2).flatMap(Day.init(number:)),
            let last = fields.number(3).flatMap(Day.init(number:)), first <= last, span.holds(first), span.holds(last)
        else { return nil }
        return DaySpan(first, last == span.last ? nil : last)
    }

    /// - Returns: why the row is malformed; nil when it was written.
    private func write(
        _ kind: String, _ fields: TabFields, _ days: DaySpan, to writer: inout ReferenceWriter
    ) throws -> String? {
        switch kind {
        case "procedure", "diagnosis":
            guard fields.count == 7, let youngest = fields.number(4), let oldest = fields.number(5),
                youngest <= oldest, let flags = EditorSpan.Flags(letters: fields[6])
            else { return "not a code with its ages and flags" }
            let isProcedure = kind == "procedure"
            guard let code = isProcedure ? ProcedureCode(bytes: fields[1])?.description : diagnosis(fields.text(1))
            else { return "not a code" }
            let entry = EditorSpan(span: days, ages: youngest...oldest, flags: flags)
            try writer.add(entry, of: code, as: isProcedure ? .procedure : .diagnosis)
        case "modifier":
            guard fields.count == 5, fields[1].count == 2, let flags = EditorSpan.Flags(letters: fields[4])
            else { return "not a modifier with its flags" }
            let entry = EditorSpan(span: days, ages: 0...EditorSpan.oldest, flags: flags)
            try writer.add(entry, of: fields.text(1), as: .modifier)
        case "addon":
            guard fields.count == 6, let code = ProcedureCode(bytes: fields[1]),
                let kind = fields.number(4).flatMap(AddOnEdit.Kind.init(rawValue:))
            else { return "not an add-on code with its type" }
            let primary = ProcedureCode(bytes: fields[5])
            guard fields[5].isEmpty || primary != nil else { return "not a primary code" }
            try writer.add(AddOnEdit(code: code, primary: primary, kind: kind, span: days))
        case "conflict":
            guard fields.count == 5, fields[1].count == 2, fields[4].count == 2 else { return "not two modifiers" }
            try writer.addConflict(fields.text(1), fields.text(4), days)
        case "text":
            guard fields.count == 6, let number = fields.number(1) else { return "not an edit with its text" }
            try writer.addText(ofEdit: number, name: fields.text(4), text: fields.text(5), days)
        default: return "a kind of row that the format does not have"
        }
        return nil
    }

    private func diagnosis(_ text: String) -> String? {
        CodeForm.canonical(text, in: .icd10cm).map(CodeForm.key)
    }
}
