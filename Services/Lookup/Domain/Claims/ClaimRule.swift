/// What a finding is about; the raw values are part of the contract.
enum ClaimRule: String, Sendable, CaseIterable {
    case diagnosisValidity = "diagnosis-validity"
    case diagnosisAge = "diagnosis-age"
    case diagnosisSex = "diagnosis-sex"
    case manifestation = "manifestation-as-principal"
    case principalDiagnosis = "principal-diagnosis"
    case excludes1
    case laterality
    case diagnosisPointer = "diagnosis-pointer"
    case procedureValidity = "procedure-validity"
    case procedureAge = "procedure-age"
    case modifierValidity = "modifier-validity"
    case modifierConflict = "modifier-conflict"
    case bilateral
    case pairs = "ncci-ptp"
    case units = "mue"
    case addOn = "add-on"
}
