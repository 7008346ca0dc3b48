/// What a reference file is about: everything that is loaded beside code sets. The raw value stands in the list of
/// sources, in snapshots and on `/editions`.
package enum ReferenceKind: String, Sendable, CaseIterable, Hashable {
    /// NCCI procedure-to-procedure edits for physicians, other practitioners and ambulatory surgical centres.
    case pairsPractitioner = "ncci-ptp-practitioner"
    /// NCCI procedure-to-procedure edits for outpatient hospital services.
    case pairsHospital = "ncci-ptp-hospital"
    /// Medically Unlikely Edits, one file a setting.
    case unitsPractitioner = "ncci-mue-practitioner"
    case unitsHospital = "ncci-mue-hospital"
    case unitsSupplier = "ncci-mue-supplier"
    case addOns = "ncci-add-on"
    /// Validity, ages and principal-diagnosis flags of the Integrated Outpatient Code Editor.
    case outpatientEdits = "ioce-edits"
    /// Relative values of the Medicare Physician Fee Schedule (PPRRVU).
    case relativeValues = "pfs-relative-values"
    case practiceCosts = "pfs-gpci"
    case localities = "pfs-localities"
    case anesthesiaFactors = "pfs-anesthesia"
    case equipmentFees = "dmepos-fees"
    case nutritionFees = "pen-fees"
    case ruralZIPs = "dmepos-rural-zips"
    case drugLimits = "asp-limits"
    case laboratoryFees = "clfs"
    /// General Equivalence Mappings from ICD-9-CM to ICD-10-CM, and back.
    case forwardMap = "gem-icd9cm-icd10cm"
    case backwardMap = "gem-icd10cm-icd9cm"
    case drugCodes = "asp-ndc-hcpcs"
    case coverageDocuments = "coverage-lcd"
    case nationalCoverage = "coverage-ncd"

    /// What a reader calls it.
    package var name: String {
        switch self {
        case .pairsPractitioner: "NCCI procedure-to-procedure edits for practitioners"
        case .pairsHospital: "NCCI procedure-to-procedure edits for outpatient hospitals"
        case .unitsPractitioner: "Medically Unlikely Edits for practitioners"
        case .unitsHospital: "Medically Unlikely Edits for outpatient hospitals"
        case .unitsSupplier: "Medically Unlikely Edits for DME suppliers"
        case .addOns: "NCCI add-on code edits"
        case .outpatientEdits: "Integrated Outpatient Code Editor tables"
        case .relativeValues: "Physician Fee Schedule relative values"
        case .practiceCosts: "geographic practice cost indices"
        case .localities: "Physician Fee Schedule localities"
        case .anesthesiaFactors: "anesthesia conversion factors"
        case .equipmentFees: "DMEPOS fee schedule"
        case .nutritionFees: "parenteral and enteral nutrition fee schedule"
        case .ruralZIPs: "DMEPOS rural ZIP codes"
        case .drugLimits: "Part B drug payment limits (ASP)"
        case .laboratoryFees: "Clinical Laboratory Fee Schedule"
        case .forwardMap: "General Equivalence Mappings, ICD-9-CM to ICD-10-CM"
        case .backwardMap: "General Equivalence Mappings, ICD-10-CM to ICD-9-CM"
        case .drugCodes: "NDC to HCPCS crosswalk (ASP)"
        case .coverageDocuments: "local coverage determinations and articles"
        case .nationalCoverage: "national coverage determinations"
        }
    }
}
