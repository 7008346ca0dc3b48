extension CommonDescription {
    /// ICD-10-PCS: what is done, to what, how it is reached, and what stays, from the characters and the set's definitions.
    static func procedure(_ facts: Facts) -> [String] {
        let listing = facts.listing
        guard listing.billable else {
            return ["\(listing.code) means: \(ended(listing.title))", heading(facts)]
        }
        var sentences = ["Code \(listing.code) means: \(ended(listing.title))"]
        for axis in facts.axes {
            if let sentence = sentence(axis, facts.notes) { sentences.append(sentence) }
        }
        return sentences
    }

    private static func sentence(_ axis: ProcedureAxes.Axis, _ notes: [NoteRecord]) -> String? {
        let definition = ProcedureAxes.definition(of: axis, notes).map { lowered($0.text) }
        switch axis.name {
        case "Operation", "Root Operation", "Type", "Root Type", "Modality":
            return definition.map { "\(axis.meaning) means \(ended($0))" } ?? "What is done: \(ended(axis.meaning))"
        case "Body Part": return "Body part: \(ended(axis.meaning))"
        case "Body System", "Body Region", "Body System/Region": return "Body system: \(ended(axis.meaning))"
        case "Approach": return "Approach: \(axis.meaning)" + (definition.map { " (\($0))." } ?? ".")
        case "Device":
            return axis.character == "Z" ? "No device is part of the code." : "Device: \(ended(axis.meaning))"
        case "Qualifier": return axis.character == "Z" ? nil : "Qualifier: \(ended(axis.meaning))"
        default: return nil
        }
    }

    /// A definition in the middle of a sentence.
    private static func lowered(_ text: String) -> String {
        guard let first = text.first, text.dropFirst().first?.isLowercase == true else { return text }
        return first.lowercased() + text.dropFirst()
    }
}
