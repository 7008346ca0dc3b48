/// What the flags of the General Equivalence Mappings mean, in words.
///
/// Source: CMS, "Diagnosis Code Set General Equivalence Mappings, Documentation for Users", 2018.
enum MappingWords {
    /// What the flags of one row mean.
    static func explain(_ mapping: GeneralMapping) -> String {
        if mapping.hasNoMap { return "No code of the other set comes near enough to stand for it." }
        var words =
            mapping.isApproximate
            ? "Approximate: the two codes do not mean quite the same." : "The two codes mean the same."
        if mapping.isCombination {
            words +=
                " Part of a combination: choice list \(mapping.choiceList) of scenario \(mapping.scenario)."
        }
        return words
    }

    /// How the rows of a code are read together.
    static func explain(_ mappings: [GeneralMapping]) -> String {
        let usable = mappings.filter { !$0.hasNoMap }
        guard !usable.isEmpty else { return "The mapping gives no equivalent for this code." }
        let combined = usable.filter(\.isCombination)
        let single = usable.count - combined.count
        var sentences: [String] = []
        if single == 1 { sentences.append("One code stands for it alone.") }
        if single > 1 {
            sentences.append("\(single) codes may each stand for it; the record decides which.")
        }
        let scenarios = Dictionary(grouping: combined, by: \.scenario).sorted { $0.key < $1.key }
        for (scenario, rows) in scenarios {
            let lists = Set(rows.map(\.choiceList)).count
            sentences.append(
                "Scenario \(scenario): \(lists) codes are reported together, one from each choice list.")
        }
        sentences.append("Mappings help to convert data; a claim is coded from the record.")
        return sentences.joined(separator: " ")
    }
}
