/// Whose claim it is: that decides which edits apply.
enum ClaimSetting: String, Sendable, CaseIterable {
    case practitioner
    case outpatientHospital = "outpatient-hospital"
    /// Ambulatory surgical centres are under the practitioner edits (NCCI Policy Manual, Introduction).
    case surgicalCentre = "asc"
    case supplier = "dme-supplier"

    /// The kind of pair edits; nil: none apply.
    var pairs: ReferenceKind? {
        switch self {
        case .practitioner, .surgicalCentre: .pairsPractitioner
        case .outpatientHospital: .pairsHospital
        case .supplier: nil
        }
    }

    /// The kind of unit limits.
    var units: ReferenceKind {
        switch self {
        case .practitioner, .surgicalCentre: .unitsPractitioner
        case .outpatientHospital: .unitsHospital
        case .supplier: .unitsSupplier
        }
    }

    /// Whether it is billed by a facility, whose claims have a principal diagnosis.
    var isFacility: Bool { self == .outpatientHospital }
}
