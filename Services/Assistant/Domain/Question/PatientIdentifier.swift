/// What identifies a patient in a text, and where.
struct PatientIdentifier: Sendable, Equatable {
    /// What kind of identifier (45 CFR 164.514(b)(2) lists eighteen; these are those that notes carry).
    enum Kind: String, Sendable, CaseIterable {
        case name, birthDate = "date of birth", recordNumber = "record number", socialSecurity =
            "Social Security number"
        case medicare = "Medicare number", phone = "telephone number", address, email = "email address"
    }

    var kind: Kind
    /// Bytes of UTF-8, from the start of the text.
    var range: Range<Int>
}
