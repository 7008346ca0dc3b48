/// A claim as it is checked, with its shape known to be right.
struct Claim: Sendable, Equatable {
    /// One service.
    struct Line: Sendable, Equatable {
        /// Its place on the claim, from 1.
        var number: Int
        var code: ProcedureCode
        /// Upper case, in the order of the claim.
        var modifiers: [String]
        var units: Int
        /// Places of diagnoses, from 1.
        var pointers: [Int]
        var day: Day
    }

    var lines: [Line]
    /// ICD-10-CM codes in canonical form, the principal one first.
    var diagnoses: [String]
    var day: Day
    /// Nil: not given; every loaded setting's edits are asked.
    var setting: ClaimSetting?
    /// In years; nil: not given.
    var age: Int?
    var sex: PatientSex?

    /// An electronic claim has at most 99 institutional lines (837I: 999 in the standard, 99 accepted by Medicare's
    /// editor per day; 837P: 50).
    static let mostLines = 99
    /// 837I: one principal and 24 others.
    static let mostDiagnoses = 25
    /// CMS-1500, UB-04 and both 837 formats have four.
    static let mostModifiers = 4
    /// CMS-1500 points at four of its twelve diagnoses; all twelve are let through.
    static let mostPointers = 12
    /// More than any drug is billed with.
    static let mostUnits = 99_999

    /// The lines by day, in order of the days.
    var days: [(day: Day, lines: [Line])] {
        Dictionary(grouping: lines, by: \.day).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
