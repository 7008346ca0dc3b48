/// How an edit of the Outpatient Code Editor is worded on a code page.
enum OutpatientEdit {
    /// "Procedure and age conflict".
    static let procedureAge = 7
    /// "Diagnosis and age conflict".
    static let diagnosisAge = 2

    /// The edit's own name, what of the code it depends on, and what becomes of the claim or line.
    static func text(_ edit: OutpatientTable.Meaning, _ more: String = "") -> String {
        text(name: edit.text, disposition: edit.disposition, more)
    }

    static func text(name: String, disposition: String, _ more: String = "") -> String {
        var text = name
        if !more.isEmpty { text += " (\(more))" }
        if !disposition.isEmpty { text += ". When it applies: \(disposition.lowercased())" }
        return text
    }
}
