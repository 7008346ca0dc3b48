/// What a code of one set comes to in another.
struct Crosswalk: Sendable, Equatable {
    /// The maps, by the word that stands in addresses.
    enum Map: String, Sendable, CaseIterable {
        case icd9ToICD10 = "icd9cm-icd10cm"
        case icd10ToICD9 = "icd10cm-icd9cm"
        case drugToHCPCS = "ndc-hcpcs"
        case hcpcsToDrug = "hcpcs-ndc"

        /// The word of national drug codes, which are no code set of ours.
        static let drugs = "ndc"

        var kind: ReferenceKind {
            switch self {
            case .icd9ToICD10: .forwardMap
            case .icd10ToICD9: .backwardMap
            case .drugToHCPCS, .hcpcsToDrug: .drugCodes
            }
        }

        /// The sets of a mapping of diagnoses; nil: drugs.
        var diagnoses: (source: CodeSystem, target: CodeSystem)? {
            switch self {
            case .icd9ToICD10: (.icd9cm, .icd10cm)
            case .icd10ToICD9: (.icd10cm, .icd9cm)
            case .drugToHCPCS, .hcpcsToDrug: nil
            }
        }
    }

    /// One code of the other set, or none.
    struct Target: Sendable, Equatable {
        var system: String
        /// Empty: there is no equivalent.
        var code: String
        /// As the newest loaded edition has it; empty when none lists the code.
        var title: String
        var explanation: String
        /// Of diagnoses: the flags.
        var mapping: GeneralMapping?
        /// Of drugs: the package.
        var product: DrugProduct?
    }

    var map: Map
    var system: String
    var code: String
    var title: String
    var targets: [Target]
    var explanation: String
    var source: Citation
}
