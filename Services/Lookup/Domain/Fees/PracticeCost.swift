/// The geographic practice cost indices of a locality.
struct PracticeCost: ReferenceRow {
    /// Contractor and locality number: "01112-05".
    var key: String
    /// Two letters of the state.
    var variant: String
    var name: String
    var work: ExactNumber
    var expense: ExactNumber
    var malpractice: ExactNumber

    var fields: [String] { [name, work.description, expense.description, malpractice.description] }

    init?(key: String, variant: String, fields: [String]) {
        guard fields.count == 4, let work = ExactNumber(fields[1]), let expense = ExactNumber(fields[2]),
            let malpractice = ExactNumber(fields[3])
        else { return nil }
        self.key = key
        self.variant = variant
        name = fields[0]
        self.work = work
        self.expense = expense
        self.malpractice = malpractice
    }

    /// The locality's own number.
    var number: String { String(key.drop { $0 != "-" }.dropFirst()) }
}
