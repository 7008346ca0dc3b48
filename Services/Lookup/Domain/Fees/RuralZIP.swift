/// A ZIP code in which equipment is priced as rural.
struct RuralZIP: ReferenceRow {
    /// Five digits.
    var key: String
    var variant: String
    /// Two letters.
    var state: String

    var fields: [String] { [state] }

    init?(key: String, variant: String, fields: [String]) {
        guard fields.count == 1 else { return nil }
        self.key = key
        self.variant = variant
        state = fields[0]
    }
}
