/// The counties of a locality.
struct LocalityCounties: ReferenceRow {
    /// Contractor and locality number: "01112-05".
    var key: String
    /// The state's name.
    var variant: String
    var area: String
    var counties: String

    var fields: [String] { [area, counties] }

    init?(key: String, variant: String, fields: [String]) {
        guard fields.count == 2 else { return nil }
        self.key = key
        self.variant = variant
        area = fields[0]
        counties = fields[1]
    }
}
