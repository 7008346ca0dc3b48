/// What the claim says of the patient's sex.
enum PatientSex: String, Sendable, CaseIterable {
    case female, male
}
