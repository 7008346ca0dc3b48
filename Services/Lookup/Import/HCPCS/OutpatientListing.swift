/// The quarters through which the Outpatient Code Editor knew a code with one and the same set of values.
struct OutpatientListing: Sendable {
    let line: Int
    let code: String
    let first: Day
    let last: Day
    /// Of codes; empty for modifiers.
    let status: String
    let payment: String
    /// Ambulatory payment classification; empty for none.
    let classification: String
    /// In years, both ends included; nil: every age.
    let ages: OutpatientAges?
    /// The editor's own names of its flags.
    let flags: [String]
    /// The edit that asks for an approval, and the day of it.
    let approval: (edit: Int, day: Day)?
    let description: String

    /// Nil when the row is not of the layout: kind, code, first day, last day and, for codes, status, payment, class,
    /// lowest age, highest age, flags, edit, day of approval, text.
    init?(_ row: TabSeparatedRows.Row) {
        let fields = row.fields
        guard fields.count == 13 || fields.count == 4, !fields[1].isEmpty,
            let first = Int(fields[2]).flatMap(Day.init(number:)),
            let last = Int(fields[3]).flatMap(Day.init(number:)), first <= last
        else { return nil }
        line = row.line
        code = fields[1]
        self.first = first
        self.last = last
        let isCode = fields.count == 13
        status = isCode ? fields[4] : ""
        payment = isCode ? fields[5] : ""
        classification = isCode ? fields[6] : ""
        ages = isCode ? OutpatientAges(low: fields[7], high: fields[8]) : nil
        flags = isCode ? fields[9].split(separator: ",").map(String.init) : []
        approval =
            isCode
            ? Int(fields[10]).flatMap { edit in Int(fields[11]).flatMap(Day.init(number:)).map { (edit, $0) } } : nil
        description = isCode ? fields[12] : ""
    }
}
