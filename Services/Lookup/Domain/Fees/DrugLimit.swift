/// The payment limit of a Part B drug.
struct DrugLimit: ReferenceRow {
    /// The code.
    var key: String
    var variant: String
    /// What one unit is, e.g. "10 MG".
    var dosage: String
    /// Dollars a unit, with three decimals.
    var limit: ExactNumber
    /// Percent that the patient pays.
    var coinsurance: String
    var notes: String

    var fields: [String] { [dosage, limit.description, coinsurance, notes] }

    init?(key: String, variant: String, fields: [String]) {
        guard fields.count == 4, let limit = ExactNumber(fields[1]) else { return nil }
        self.key = key
        self.variant = variant
        dosage = fields[0]
        self.limit = limit
        coinsurance = fields[2]
        notes = fields[3]
    }
}
