/// A code set of ours as FHIR names it (HL7 Terminology, "External code systems").
enum FHIRSystem: String, Sendable, CaseIterable {
    case icd10cm, icd10pcs, hcpcs, cpt, icd9cm
    case hcpcsModifier = "hcpcs-modifier"
    case cptModifier = "cpt-modifier"

    /// The canonical address; modifiers have none of their own at HL7.
    var url: String {
        switch self {
        case .icd10cm: "http://hl7.org/fhir/sid/icd-10-cm"
        case .icd10pcs: "http://www.cms.gov/Medicare/Coding/ICD10"
        case .hcpcs: "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
        case .cpt: "http://www.ama-assn.org/go/cpt"
        case .icd9cm: "http://hl7.org/fhir/sid/icd-9-cm"
        case .hcpcsModifier: "urn:codingahead:hcpcs-modifier"
        case .cptModifier: "urn:codingahead:cpt-modifier"
        }
    }

    /// HL7's object identifier, by which older systems name it; empty: none.
    private var oid: String {
        switch self {
        case .icd10cm: "urn:oid:2.16.840.1.113883.6.90"
        case .icd10pcs: "urn:oid:2.16.840.1.113883.6.4"
        case .hcpcs: "urn:oid:2.16.840.1.113883.6.285"
        case .cpt: "urn:oid:2.16.840.1.113883.6.12"
        case .icd9cm: "urn:oid:2.16.840.1.113883.6.103"
        case .hcpcsModifier, .cptModifier: ""
        }
    }

    var title: String {
        switch self {
        case .icd10cm: "ICD-10-CM"
        case .icd10pcs: "ICD-10-PCS"
        case .hcpcs: "HCPCS Level II"
        case .cpt: "CPT"
        case .icd9cm: "ICD-9-CM"
        case .hcpcsModifier: "HCPCS Level II modifiers"
        case .cptModifier: "CPT modifiers"
        }
    }

    /// A name that a computer may use (FHIR `name`).
    var name: String {
        switch self {
        case .icd10cm: "ICD10CM"
        case .icd10pcs: "ICD10PCS"
        case .hcpcs: "HCPCS"
        case .cpt: "CPT"
        case .icd9cm: "ICD9CM"
        case .hcpcsModifier: "HCPCSModifiers"
        case .cptModifier: "CPTModifiers"
        }
    }

    /// Every code of the set, as a value set.
    var valueSet: String { url + "?fhir_vs" }

    /// The set at an address, by its canonical address or identifier; a trailing slash does no harm.
    init?(url: String) {
        let url = url.hasSuffix("/") ? String(url.dropLast()) : url
        guard let found = Self.allCases.first(where: { $0.url == url || $0.oid == url && !url.isEmpty }) else {
            return nil
        }
        self = found
    }
}
