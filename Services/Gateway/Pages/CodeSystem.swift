/// The code sets by their names in addresses, and how readers call them.
enum CodeSystem: String, CaseIterable, Sendable {
    case icd10cm
    case icd10pcs
    case hcpcs
    case cpt
    case icd9cm
    case hcpcsModifier = "hcpcs-modifier"
    case cptModifier = "cpt-modifier"

    /// E.g. `ICD-10-CM`.
    var name: String {
        switch self {
        case .icd10cm: "ICD-10-CM"
        case .icd10pcs: "ICD-10-PCS"
        case .hcpcs: "HCPCS Level II"
        case .cpt: "CPT®"
        case .icd9cm: "ICD-9-CM"
        case .hcpcsModifier: "HCPCS modifiers"
        case .cptModifier: "CPT® modifiers"
        }
    }

    /// What one code of the set is called before its characters, e.g. `CPT® Code`.
    var codeName: String {
        switch self {
        case .icd10cm, .icd10pcs, .icd9cm, .cpt: "\(name) Code"
        case .hcpcs: "HCPCS Code"
        case .hcpcsModifier: "HCPCS Modifier"
        case .cptModifier: "CPT® Modifier"
        }
    }

    /// What the set codes.
    var purpose: String {
        switch self {
        case .icd10cm: "Diagnoses and reasons for encounters"
        case .icd10pcs: "Inpatient procedures"
        case .hcpcs: "Supplies, drugs, equipment and services outside CPT"
        case .cpt: "Procedures and services of professionals and outpatient facilities"
        case .icd9cm: "Diagnoses before October 2015, for old records and crosswalks"
        case .hcpcsModifier: "Two-character additions to HCPCS and CPT lines"
        case .cptModifier: "Two-digit additions to CPT lines"
        }
    }

    /// The system that the licence for the set's texts stands under; nil for public files.
    var licence: String? {
        switch self {
        case .cpt, .cptModifier: CodeSystem.cpt.rawValue
        default: nil
        }
    }

    /// The name of a set by its word in addresses; the word itself when it is none of ours.
    static func name(of system: String) -> String {
        CodeSystem(rawValue: system)?.name ?? system
    }
}
