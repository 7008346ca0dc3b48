/// Turns rows into records, whichever layout they came from, and judges the file as a whole.
struct HCPCSRecords {
    private let file: SourceFile
    private let table: HCPCSIndicatorTable
    private let notes: HCPCSProcessingNotes
    private let content: HCPCSContent
    private let term: HCPCSTerm
    private var letters: Set<Character> = []
    private var codes: Set<String> = []
    private var newest: Day?
    private var tally = RowTally()

    init(
        _ file: SourceFile, table: HCPCSIndicatorTable, notes: HCPCSProcessingNotes, content: HCPCSContent,
        term: HCPCSTerm
    ) {
        self.file = file
        self.table = table
        self.notes = notes
        self.content = content
        self.term = term
    }

    /// Counts a row that the layout itself does not allow.
    mutating func refuseMalformed(line: Int, _ reason: String) {
        tally.read()
        tally.refuseMalformed(line: line, reason)
    }

    /// Hands a row's records on, unless it belongs to the other half of the file.
    mutating func handOn(_ row: HCPCSRow, to sink: inout some RecordSink) throws {
        guard row.isModifier == (content == .modifiers) else { return }
        tally.read()
        if let reason = Self.licenceRefusal(of: row) { return tally.refuse(line: row.line, reason) }
        if let reason = Self.shapeRefusal(of: row) { return tally.refuseMalformed(line: row.line, reason) }
        guard codes.insert(row.code).inserted else {
            return tally.refuseMalformed(line: row.line, "\(row.code) comes a second time")
        }
        guard let dates = HCPCSDates(row, table: table) else {
            return tally.refuseMalformed(line: row.line, "\(row.code) was added or ended on what is no day")
        }
        if let added = dates.added, added > newest ?? added { newest = added }
        newest = newest ?? dates.added
        try addHeading(above: row, to: &sink)
        try sink.add(
            CodeRecord(
                code: row.code, parent: content == .codes ? row.code.first.map(String.init) : nil,
                title: row.longDescription.isEmpty ? row.shortDescription : row.longDescription,
                shortTitle: row.shortDescription, billable: true, added: dates.added, retired: dates.retired))
        try addFacts(of: row, to: &sink)
        tally.keep()
    }

    /// Ends the file.
    ///
    /// - Throws: ``FileRefusal`` when it held no row, too many malformed ones, or another edition's dates.
    func finish() throws -> ImportReport {
        let report = try tally.finish(file, what: "HCPCS record in the expected layout")
        if content == .codes { try checkEdition() }
        return report
    }

    private func checkEdition() throws {
        guard let newest else { return }
        guard term.mayHold(newest: newest) else {
            throw file.refusal(
                "is of another edition: its newest code was added on \(newest), and the edition \(term)",
                remedy: "Give the file of that edition, or list this one as a source of its own")
        }
    }

    private mutating func addHeading(above row: HCPCSRow, to sink: inout some RecordSink) throws {
        guard content == .codes, let letter = row.code.first, letters.insert(letter).inserted else { return }
        let title = table.sections[String(letter)] ?? "Codes that begin with \(letter)"
        try sink.add(
            CodeRecord(
                code: String(letter), parent: nil, title: title, shortTitle: "", billable: false, added: nil,
                retired: nil))
    }

    private mutating func addFacts(of row: HCPCSRow, to sink: inout some RecordSink) throws {
        for (indicator, values) in zip(table.indicators, row.values) {
            for value in values {
                if indicator.kind == .number, Int(value) == 0 { continue }
                let shown = indicator.kind == .date ? Int(value).flatMap(Day.init(number:))?.description : value
                guard let shown else {
                    tally.remark(line: row.line, "\(row.code) is kept without \(indicator.name): \(value) is no day")
                    continue
                }
                try sink.add(
                    FactRecord(
                        code: row.code, name: indicator.name, value: shown,
                        meaning: table.meaning(of: value, indicator, notes: notes)))
            }
        }
    }

    /// CPT is licensed: nothing of it comes in through a HCPCS file.
    private static func licenceRefusal(of row: HCPCSRow) -> String? {
        guard let first = row.code.utf8.first, (0x30...0x39).contains(first) else { return nil }
        let what = row.isModifier ? "modifier" : "code"
        return "\(row.code) is a CPT \(what): it comes with the operator's own licensed files"
    }

    private static func shapeRefusal(of row: HCPCSRow) -> String? {
        let isWellFormed =
            row.code.utf8.count == (row.isModifier ? 2 : 5)
            && row.code.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
        guard isWellFormed else { return "\"\(row.code)\" is no HCPCS code" }
        guard !row.longDescription.isEmpty || !row.shortDescription.isEmpty else {
            return "\(row.code) has no description"
        }
        return nil
    }
}
