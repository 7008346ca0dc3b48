/// The conversion factor of anesthesia services in a locality: dollars a unit.
struct AnesthesiaFactor: ReferenceRow {
    /// Contractor and locality number: "01112-05".
    var key: String
    var variant: String
    var name: String
    var factor: ExactNumber

    var fields: [String] { [name, factor.description] }

    init?(key: String, variant: String, fields: [String]) {
        guard fields.count == 2, let factor = ExactNumber(fields[1]) else { return nil }
        self.key = key
        self.variant = variant
        name = fields[0]
        self.factor = factor
    }
}
