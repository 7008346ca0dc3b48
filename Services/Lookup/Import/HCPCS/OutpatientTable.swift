/// The tables of the Outpatient Code Editor as `Resources/read_source.py ioce` writes them, read once for the many
/// quarterly editions that are made of them.
package struct OutpatientTable: Sendable {
    /// A named value of the editor with the quarters in which it meant the same.
    struct Meaning: Sendable {
        let first: Day
        let last: Day
        let text: String
        /// Of an edit, what becomes of the claim or line.
        let disposition: String
    }

    /// The first and last day that the tables speak of.
    let span: (first: Day, last: Day)
    /// By code, in the order of codes; the listings of a code in the order of time.
    let codes: [(code: String, listings: [OutpatientListing])]
    let modifiers: [(code: String, listings: [OutpatientListing])]
    /// Rows that were refused when the tables were read, by kind.
    let codeTally: RowTally
    let modifierTally: RowTally
    private let meanings: [String: [Meaning]]

    /// - Throws: ``FileRefusal`` when the file is damaged, of another layout or does not name its quarters.
    package init(_ file: SourceFile) throws {
        let list = try TabSeparatedRows(file, format: "#ioce", version: "2")
        guard list.parameters.count == 2, let first = Int(list.parameters[0]).flatMap(Day.init(number:)),
            let last = Int(list.parameters[1]).flatMap(Day.init(number:)), first <= last
        else {
            throw file.refusal("does not name its quarters", line: 1, remedy: "Run `codingahead data pull` again")
        }
        span = (first, last)
        (codes, codeTally) = Self.collect(list, kind: "hcpcs")
        (modifiers, modifierTally) = Self.collect(list, kind: "modifier")
        var meanings: [String: [Meaning]] = [:]
        for row in list.rows {
            let fields = row.fields
            guard ["status", "payment", "edit"].contains(fields.first ?? ""), fields.count >= 5,
                let first = Int(fields[2]).flatMap(Day.init(number:)),
                let last = Int(fields[3]).flatMap(Day.init(number:))
            else { continue }
            let isEdit = fields[0] == "edit"
            if isEdit, fields.count != 6 { continue }
            meanings[fields[0] + fields[1], default: []].append(
                Meaning(
                    first: first, last: last, text: isEdit ? fields[5] : fields[4], disposition: isEdit ? fields[4] : ""
                ))
        }
        self.meanings = meanings
    }

    /// What a value or an edit means on a day; nil when the tables do not say.
    ///
    /// - Parameter name: `status` and the indicator, `payment` and the indicator, `edit` and the number.
    func meaning(_ name: String, on day: Day) -> Meaning? {
        meanings[name]?.first { $0.first <= day && day <= $0.last }
    }

    private static func collect(
        _ list: TabSeparatedRows, kind: String
    ) -> (codes: [(code: String, listings: [OutpatientListing])], tally: RowTally) {
        var tally = RowTally()
        var codes: [(code: String, listings: [OutpatientListing])] = []
        for row in list.rows where row.fields.first == kind {
            guard let listing = OutpatientListing(row) else {
                tally.read()
                tally.refuseMalformed(line: row.line, "not a code with its quarters")
                continue
            }
            if listing.code.utf8.first.map({ (0x30...0x39).contains($0) }) == true {
                tally.read()
                tally.refuse(
                    line: row.line,
                    "\(listing.code) belongs to CPT: it comes with the operator's own licensed files")
            } else if codes.last?.code == listing.code {
                codes[codes.count - 1].listings.append(listing)
            } else {
                codes.append((listing.code, [listing]))
            }
        }
        for index in codes.indices { codes[index].listings.sort { $0.first < $1.first } }
        return (codes, tally)
    }
}
