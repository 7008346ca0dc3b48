/// Reads the code list of the Integrated Outpatient Code Editor (I/OCE) of CMS as `Resources/read_source.py ioce` writes
/// it: every HCPCS Level II code and modifier with the quarters in which the editor knew it, short descriptors, and OPPS
/// status and payment indicators.
///
/// A code's first and last quarter give the days on which it was added and retired, where they lie inside the list's own
/// span. What is taken from it depends on its ``OutpatientRole``.
///
/// Rights: no text of a code that begins with a digit (CPT) or with D (CDT) is kept, even if the file held one.
package struct OutpatientCodeListImporter: FileImporter {
    private let file: SourceFile
    private let content: HCPCSContent
    private let term: HCPCSTerm
    private let role: OutpatientRole
    private let table: HCPCSIndicatorTable

    /// Names what to read.
    ///
    /// - Parameters:
    ///   - term: only codes that the editor knew on a day of it are kept.
    ///   - role: what is taken from it.
    package init(
        _ file: SourceFile, content: HCPCSContent, term: HCPCSTerm, role: OutpatientRole, table: HCPCSIndicatorTable
    ) {
        self.file = file
        self.content = content
        self.term = term
        self.role = role
        self.table = table
    }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        let list = try TabSeparatedRows(file, format: "#ioce")
        let span = try span(list)
        var tally = RowTally()
        let (codes, meanings) = collect(list, &tally)
        var letters: Set<Character> = []
        for (code, unsorted) in codes {
            let listings = unsorted.sorted { $0.first < $1.first }
            guard let first = listings.first?.first, let newest = listings.last, isWanted(code, first, newest.last)
            else { continue }
            if !role.isOnlyIndicators {
                try addHeading(above: code, to: &sink, after: &letters)
                try sink.add(record(code, first, newest, span))
            }
            if content == .codes { try addFacts(code, first, newest, meanings, to: &sink) }
            for _ in listings { tally.keep() }
        }
        return try tally.finish(file, what: "code of the edition")
    }

    /// The rows by code, in the order of the file, and what the indicators mean.
    private func collect(
        _ list: TabSeparatedRows, _ tally: inout RowTally
    ) -> (codes: [(code: String, listings: [OutpatientListing])], meanings: [String: String]) {
        let kind = content == .codes ? "hcpcs" : "modifier"
        var meanings: [String: String] = [:]
        var codes: [(code: String, listings: [OutpatientListing])] = []
        for row in list.rows {
            switch row.fields.first {
            case kind:
                tally.read()
                guard let listing = OutpatientListing(row) else {
                    tally.refuseMalformed(line: row.line, "not a code with its quarters")
                    continue
                }
                if let reason = Self.licenceRefusal(listing) {
                    tally.refuse(line: row.line, reason)
                } else if codes.last?.code == listing.code {
                    codes[codes.count - 1].listings.append(listing)
                } else {
                    codes.append((listing.code, [listing]))
                }
            case "status" where row.fields.count == 5, "payment" where row.fields.count == 5:
                meanings[row.fields[0] + row.fields[1]] = row.fields[4]
            default: continue
            }
        }
        return (codes, meanings)
    }

    /// The first and last day that the list speaks of.
    private func span(_ list: TabSeparatedRows) throws -> (first: Day, last: Day) {
        guard list.parameters.count == 2, let first = Int(list.parameters[0]).flatMap(Day.init(number:)),
            let last = Int(list.parameters[1]).flatMap(Day.init(number:))
        else {
            throw file.refusal("does not name its quarters", line: 1, remedy: "Run `codingahead data pull` again")
        }
        guard first <= term.effective, term.effective <= last, term.end.map({ $0 <= last }) ?? true else {
            throw file.refusal(
                "speaks of \(first) to \(last), and the edition \(term)", line: 1,
                remedy: "List the edition's dates within those of the file")
        }
        return (first, last)
    }

    private func isWanted(_ code: String, _ first: Day, _ last: Day) -> Bool {
        guard last >= term.effective else { return false }
        return switch role {
        case .alone: term.end.map { first <= $0 } ?? true
        // Codes that came after the term too: no other loaded file has them.
        case .beyond(let listed): !listed.contains(code)
        case .about(let listed): listed.contains(code)
        }
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

    private func record(
        _ code: String, _ first: Day, _ newest: OutpatientListing, _ span: (first: Day, last: Day)
    ) -> CodeRecord {
        let isDental = code.hasPrefix("D") && content == .codes
        let description = isDental ? "" : newest.description
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
            shortTitle: description, billable: true, added: first > span.first ? first : nil,
            retired: newest.last < span.last ? newest.last.next : nil)
    }

    private func addFacts(
        _ code: String, _ first: Day, _ newest: OutpatientListing, _ meanings: [String: String],
        to sink: inout some RecordSink
    ) throws {
        let unknown = "A value that the file does not describe"
        try sink.add(
            FactRecord(
                code: code, name: "OPPS status indicator", value: newest.status,
                meaning: meanings["status" + newest.status] ?? unknown))
        try sink.add(
            FactRecord(
                code: code, name: "OPPS payment indicator", value: newest.payment,
                meaning: meanings["payment" + newest.payment] ?? unknown))
        try sink.add(
            FactRecord(
                code: code, name: "Known to the Outpatient Code Editor", value: "\(first) to \(newest.last)",
                meaning: "First and last day of the quarters in which the editor accepts the code"))
    }

    private static func licenceRefusal(_ listing: OutpatientListing) -> String? {
        guard listing.code.utf8.first.map({ (0x30...0x39).contains($0) }) == true else { return nil }
        return "\(listing.code) belongs to CPT: it comes with the operator's own licensed files"
    }
}
