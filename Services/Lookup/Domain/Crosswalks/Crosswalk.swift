/// What a code of one set comes to in another.
struct Crosswalk: Sendable, Equatable {
    /// The maps, by the word that stands in addresses.
    enum Map: String, Sendable, CaseIterable {
        case icd9ToICD10 = "icd9cm-icd10cm"
        case icd10ToICD9 = "icd10cm-icd9cm"
    }

    /// One code of the other set, or none.
    struct Target: Sendable, Equatable {
        var mapping: GeneralMapping
        /// As the newest loaded edition has it; empty when none lists the code.
        var title: String
        var explanation: String
    }

    var map: Map
    var system: CodeSystem
    var code: String
    var title: String
    var targetSystem: CodeSystem
    var targets: [Target]
    var explanation: String
    var source: Citation
}

extension Crosswalk.Map {
    var kind: ReferenceKind { self == .icd9ToICD10 ? .forwardMap : .backwardMap }
    var source: CodeSystem { self == .icd9ToICD10 ? .icd9cm : .icd10cm }
    var target: CodeSystem { self == .icd9ToICD10 ? .icd10cm : .icd9cm }
}
