/// What coders call a code set.
enum CodeSetName {
    /// The name of a system of the contract; the system's own word when it is not known here.
    static func of(_ system: String) -> String {
        switch system {
        case "icd10cm": "ICD-10-CM"
        case "icd10pcs": "ICD-10-PCS"
        case "icd9cm": "ICD-9-CM"
        case "hcpcs": "HCPCS Level II"
        case "hcpcs-modifier": "HCPCS modifier"
        case "cpt": "CPT®"
        case "cpt-modifier": "CPT® modifier"
        default: system
        }
    }
}
