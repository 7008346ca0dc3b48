/// What the loaded files say of the codes of a claim. Read before the rules are applied, so that the rules are plain
/// functions.
struct ClaimFacts: Sendable {
    /// What is known of one day's lines.
    struct OfDay: Sendable {
        var procedures: [ProcedureCode: ClaimStanding] = [:]
        /// What the editor says of a procedure on the day.
        var procedureSpans: [ProcedureCode: EditorSpan] = [:]
        var modifiers: [String: ClaimStanding] = [:]
        /// Modifiers that may not stand together, each pair in both orders.
        var conflicts: [String: Set<String>] = [:]
        /// By kind: the edits in force, and the file that was asked; a kind without a file is not here.
        var pairs: [ReferenceKind: Answer<[PairEdit]>] = [:]
        var units: [ReferenceKind: Answer<[ProcedureCode: UnitLimit]>] = [:]
        var addOns: Answer<[ProcedureCode: [AddOnEdit]]>?
        /// Why a kind is not among the answers.
        var absences: [ReferenceKind: String] = [:]
        /// The Outpatient Code Editor's file for the day.
        var editor: Citation?
    }

    /// What a file says.
    struct Answer<Value: Sendable>: Sendable {
        var value: Value
        var source: Citation
    }

    /// A diagnosis of the claim.
    struct Diagnosis: Sendable {
        var code: String
        /// Empty when no edition in force lists it.
        var title = ""
        var standing: ClaimStanding
        /// What the editor says on the day.
        var span: EditorSpan?
        /// Excludes1 notes at the code and its headings.
        var excludes: [ExclusionNote] = []
        /// The same code with the side named: code and title.
        var sides: [(code: String, title: String)] = []
        /// The nearest heading that says that the condition is of one sex.
        var sexHeading: (sex: PatientSex, code: String, title: String)?
    }

    var days: [Day: OfDay] = [:]
    /// In the order of the claim.
    var diagnoses: [Diagnosis] = []
    /// The edition of ICD-10-CM in force, whose notes were read.
    var tabular: Citation?
    /// Why there is none.
    var tabularAbsence = ""
    /// The Outpatient Code Editor's file for the claim's day, and why there is none.
    var editor: Citation?
    var editorAbsence = ""
    var modifierPolicy: ModifierPolicy
}
