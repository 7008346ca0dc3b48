extension CodeSystem {
    /// What a reader calls the code set.
    package var name: String {
        switch self {
        case .icd10cm: "ICD-10-CM"
        case .icd10pcs: "ICD-10-PCS"
        case .hcpcs: "HCPCS Level II"
        case .cpt: "CPT"
        case .icd9cm: "ICD-9-CM"
        case .hcpcsModifier: "HCPCS modifiers"
        case .cptModifier: "CPT modifiers"
        }
    }
}
