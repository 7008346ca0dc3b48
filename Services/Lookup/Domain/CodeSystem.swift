/// A code set, by the word that stands in addresses and messages.
package enum CodeSystem: String, Sendable, CaseIterable, Hashable {
    case icd10cm
    case icd10pcs
    case hcpcs
    case cpt
    case icd9cm
    case hcpcsModifier = "hcpcs-modifier"
    case cptModifier = "cpt-modifier"
}
