/// A row of the Clinical Laboratory Fee Schedule.
struct LaboratoryFee: ReferenceRow {
    /// The code.
    var key: String
    /// Its modifier (QW, 90 …) or empty.
    var variant: String
    /// YYYYMMDD as the file writes it.
    var effective: String
    /// N: national limit; L: local.
    var indicator: String
    var rate: ExactNumber

    var fields: [String] { [effective, indicator, rate.description] }

    init?(key: String, variant: String, fields: [String]) {
        guard fields.count == 3, let rate = ExactNumber(fields[2]) else { return nil }
        self.key = key
        self.variant = variant
        effective = fields[0]
        indicator = fields[1]
        self.rate = rate
    }
}
