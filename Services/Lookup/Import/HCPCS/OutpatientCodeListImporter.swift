/// Makes one quarterly edition of the code list of the Integrated Outpatient Code Editor (I/OCE) of CMS: every HCPCS Level
/// II code or modifier that the editor accepts in the quarter, with its short descriptor, its indicators and the edits
/// that it may set off.
///
/// The quarters through which a code runs without a gap give the days on which it was added and retired, where they lie
/// inside the tables' own span. Indicators are written when they changed in the quarter, or in the first edition of all.
///
/// Rights: no text of a code that begins with a digit (CPT) or with D (CDT) is kept, even if the file held one.
package struct OutpatientCodeListImporter: FileImporter {
    private let file: SourceFile
    private let rows: OutpatientTable
    private let content: HCPCSContent
    private let term: HCPCSTerm
    private let isFirst: Bool
    private let table: HCPCSIndicatorTable
    private let flags: OutpatientFlags

    /// Names what to read.
    ///
    /// - Parameters:
    ///   - rows: the tables of `file`.
    ///   - term: the quarter.
    ///   - isFirst: no earlier quarter is imported, so that all indicators are written.
    package init(
        _ file: SourceFile, rows: OutpatientTable, content: HCPCSContent, term: HCPCSTerm, isFirst: Bool,
        table: HCPCSIndicatorTable, flags: OutpatientFlags
    ) {
        self.file = file
        self.rows = rows
        self.content = content
        self.term = term
        self.isFirst = isFirst
        self.table = table
        self.flags = flags
    }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        try checkTerm()
        var tally = content == .codes ? rows.codeTally : rows.modifierTally
        var letters: Set<Character> = []
        for (code, listings) in content == .codes ? rows.codes : rows.modifiers {
            guard let place = listings.firstIndex(where: { $0.first <= term.effective && term.effective <= $0.last })
            else { continue }
            tally.read()
            try addHeading(above: code, to: &sink, after: &letters)
            let run = Self.run(around: place, in: listings)
            try sink.add(record(listings[place], run))
            if content == .codes, isFirst || listings[place].first == term.effective {
                try addIndicators(listings[place], run, to: &sink)
            }
            tally.keep()
        }
        return try tally.finish(file, what: "code of the edition")
    }

    private func checkTerm() throws {
        let (first, last) = rows.span
        guard first <= term.effective, term.effective <= last, term.end.map({ $0 <= last }) ?? true else {
            throw file.refusal(
                "speaks of \(first) to \(last), and the edition \(term)", line: 1,
                remedy: "List the edition's dates within those of the file")
        }
    }

    /// The first and last day of the quarters without a gap around a listing.
    private static func run(around place: Int, in listings: [OutpatientListing]) -> (first: Day, last: Day) {
        var first = place
        while first > 0, listings[first - 1].last.next == listings[first].first { first -= 1 }
        var last = place
        while last + 1 < listings.count, listings[last].last.next == listings[last + 1].first { last += 1 }
        return (listings[first].first, listings[last].last)
    }

    private func addHeading(
        above code: String, to sink: inout some RecordSink, after letters: inout Set<Character>
    ) throws {
        guard content == .codes, let letter = code.first, letters.insert(letter).inserted else { return }
        let title = table.sections[String(letter)] ?? "Codes that begin with \(letter)"
        try sink.add(
            CodeRecord(
                code: String(letter), parent: nil, title: title, shortTitle: "", billable: false, added: nil,
                retired: nil))
    }

    private func record(_ listing: OutpatientListing, _ run: (first: Day, last: Day)) -> CodeRecord {
        let code = listing.code
        let isDental = code.hasPrefix("D") && content == .codes
        let description = isDental ? "" : listing.description
        let title =
            if isDental {
                "Dental procedure \(code) (CDT; its descriptor belongs to the American Dental Association)"
            } else if description.isEmpty {
                "HCPCS \(content == .codes ? "code" : "modifier") \(code) (the loaded file has no descriptor)"
            } else {
                description
            }
        return CodeRecord(
            code: code, parent: content == .codes ? code.first.map(String.init) : nil, title: title,
            shortTitle: description, billable: true, added: run.first > rows.span.first ? run.first : nil,
            retired: run.last < rows.span.last ? run.last.next : nil)
    }

    private func addIndicators(
        _ listing: OutpatientListing, _ run: (first: Day, last: Day), to sink: inout some RecordSink
    ) throws {
        let code = listing.code
        let unknown = "A value that the file does not describe"
        func add(_ name: String, _ value: String, _ meaning: String) throws {
            try sink.add(FactRecord(code: code, name: name, value: value, meaning: meaning))
        }
        func meaning(_ name: String) -> String { rows.meaning(name, on: term.effective)?.text ?? unknown }
        try add("OPPS status indicator", listing.status, meaning("status" + listing.status))
        try add("OPPS payment indicator", listing.payment, meaning("payment" + listing.payment))
        if !listing.classification.isEmpty {
            try add("Ambulatory payment classification (APC)", listing.classification, "")
        }
        if let ages = listing.ages { try add("Age", ages.description, "accepted by the editor") }
        for flag in listing.flags {
            if let fact = flags.facts[flag], fact.count == 2 { try add(fact[0], "", fact[1]) }
        }
        try add("Accepted by the Outpatient Code Editor", "\(run.first) to \(run.last)", "")
        try addEdits(listing, to: &sink)
    }

    private func addEdits(_ listing: OutpatientListing, to sink: inout some RecordSink) throws {
        func add(_ number: Int, _ more: String = "") throws {
            guard let edit = rows.meaning("edit\(number)", on: term.effective) else { return }
            try sink.add(
                NoteRecord(
                    code: listing.code, kind: .edit, label: "Outpatient edit \(number)",
                    text: OutpatientEdit.text(edit, more)))
        }
        for flag in listing.flags {
            if let number = flags.edits[flag] { try add(number) }
        }
        if let ages = listing.ages { try add(OutpatientEdit.procedureAge, "accepted: \(ages)") }
        if let approval = listing.approval { try add(approval.edit, "approved from \(approval.day) on") }
    }
}
