/// A row of the DMEPOS or PEN fee schedule: a code with its modifiers, and a fee for each state, rural or not.
struct EquipmentFee: ReferenceRow {
    /// The code.
    var key: String
    /// Its modifiers, separated by a blank.
    var variant: String
    /// Category, e.g. IN; empty in the PEN file.
    var category: String
    var ceiling: String
    var floor: String
    /// `AL N`, `AL R` → the fee; a fee of 0.00 means that none is listed and is left out.
    var fees: [String: ExactNumber]

    var fields: [String] {
        [category, ceiling, floor]
            + fees.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    }

    init?(key: String, variant: String, fields: [String]) {
        guard fields.count >= 3 else { return nil }
        self.key = key
        self.variant = variant
        category = fields[0]
        ceiling = fields[1]
        floor = fields[2]
        fees = [:]
        for field in fields.dropFirst(3) {
            let parts = field.split(separator: " ")
            guard parts.count == 3, let fee = ExactNumber(parts[2]) else { return nil }
            fees["\(parts[0]) \(parts[1])"] = fee
        }
    }

    /// What the categories mean (DMEPOS fee schedule file documentation).
    static let categories = [
        "CR": "capped rental", "FS": "frequently serviced item", "IN": "inexpensive or routinely purchased item",
        "OS": "ostomy, tracheostomy and urological supplies", "OX": "oxygen and oxygen equipment",
        "PO": "prosthetics and orthotics", "SD": "surgical dressings", "SU": "supplies",
        "TE": "transcutaneous electrical nerve stimulator", "TS": "therapeutic shoes",
    ]
}
