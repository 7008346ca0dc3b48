/// A row of the Physician Fee Schedule's relative value file (PPRRVU): a code, perhaps with modifier 26, TC or 53.
struct RelativeValue: ReferenceRow {
    /// The code.
    var key: String
    /// 26, TC, 53 or empty.
    var variant: String
    /// One letter: whether and how the service is paid.
    var status: String
    var work: ExactNumber
    var expenseNonFacility: ExactNumber
    var expenseFacility: ExactNumber
    var malpractice: ExactNumber
    /// NA: the setting is not one that the service is performed in.
    var nonFacilityNote: String
    var facilityNote: String
    /// 1: the code has a professional and a technical part.
    var component: String
    var global: String
    var multiple: String
    var bilateral: String
    var factor: ExactNumber

    var fields: [String] {
        [status] + [work, expenseNonFacility, expenseFacility, malpractice, factor].map(\.description)
            + [nonFacilityNote, facilityNote, component, global, multiple, bilateral]
    }

    init?(key: String, variant: String, fields: [String]) {
        guard fields.count == 12, let work = ExactNumber(fields[1]), let nonFacility = ExactNumber(fields[2]),
            let facility = ExactNumber(fields[3]), let malpractice = ExactNumber(fields[4]),
            let factor = ExactNumber(fields[5])
        else { return nil }
        self.key = key
        self.variant = variant
        status = fields[0]
        self.work = work
        expenseNonFacility = nonFacility
        expenseFacility = facility
        self.malpractice = malpractice
        self.factor = factor
        nonFacilityNote = fields[6]
        facilityNote = fields[7]
        component = fields[8]
        global = fields[9]
        multiple = fields[10]
        bilateral = fields[11]
    }

    /// What the status means (PPRRVU file documentation); nil: the service is paid by the formula.
    var statusRemark: String? {
        switch status {
        case "A", "R", "T": nil
        case "B": "Status B: bundled; payment is part of another service of the day."
        case "C": "Status C: the contractor sets the price."
        case "E": "Status E: excluded from the fee schedule by regulation."
        case "I": "Status I: not valid for Medicare; another code is used."
        case "J": "Status J: anesthesia service, paid by base units and time."
        case "M": "Status M: a measurement code, used for reporting only."
        case "N": "Status N: not covered by Medicare."
        case "P": "Status P: bundled or excluded; supplies incident to a service."
        case "Q": "Status Q: functional information, for reporting only."
        case "X": "Status X: excluded from the fee schedule by statute."
        default: "Status \(status): not described by the file's documentation."
        }
    }
}
