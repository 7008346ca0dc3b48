/// The quarters through which the Outpatient Code Editor knew a code with one and the same set of values.
struct OutpatientListing {
    let line: Int
    let code: String
    let first: Day
    let last: Day
    let status: String
    let payment: String
    let description: String

    /// Nil when the row is not of the layout: kind, code, first day, last day and, for codes, status, payment, text.
    init?(_ row: TabSeparatedRows.Row) {
        let fields = row.fields
        guard fields.count == 7 || fields.count == 4, !fields[1].isEmpty,
            let first = Int(fields[2]).flatMap(Day.init(number:)),
            let last = Int(fields[3]).flatMap(Day.init(number:)), first <= last
        else { return nil }
        line = row.line
        code = fields[1]
        self.first = first
        self.last = last
        status = fields.count == 7 ? fields[4] : ""
        payment = fields.count == 7 ? fields[5] : ""
        description = fields.count == 7 ? fields[6] : ""
    }
}
