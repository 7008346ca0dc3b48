/// The plain-language description that rules make of a code's place in its set, its notes and its indicators. It says
/// nothing but what these say, so it cannot be wrong where the source is right.
enum CommonDescription {
    /// What is known of a code when it is described.
    struct Facts: Sendable {
        var system: CodeSystem
        var listing: Listing
        /// From the top of the set down to the direct parent.
        var path: [Listing]
        /// Notes of the code and of the headings above, nearest first.
        var notes: [NoteRecord]
        var childCount: Int
        /// Of an ICD-10-PCS code, what its characters mean.
        var axes: [ProcedureAxes.Axis]
        /// Of a HCPCS code, its indicators.
        var indicators: [FactRecord]

        init(
            system: CodeSystem, listing: Listing, path: [Listing], notes: [NoteRecord], childCount: Int,
            axes: [ProcedureAxes.Axis] = [], indicators: [FactRecord] = []
        ) {
            self.system = system
            self.listing = listing
            self.path = path
            self.notes = notes
            self.childCount = childCount
            self.axes = axes
            self.indicators = indicators
        }

        /// The value of an indicator that occurs once.
        func indicator(_ name: String) -> String? { indicators.first { $0.name == name }?.value }
    }

    /// - Returns: one paragraph a statement; empty for CPT and ICD-9-CM, of which no structure is loaded.
    static func compose(_ facts: Facts) -> [PageParagraph] {
        let sentences: [String] =
            switch facts.system {
            case .icd10cm: diagnosis(facts)
            case .icd10pcs: procedure(facts)
            case .hcpcs: supply(facts)
            case .hcpcsModifier: modifier(facts)
            case .cpt, .cptModifier, .icd9cm: []
            }
        return sentences.map { PageParagraph($0) }
    }

    /// What a heading is for.
    static func heading(_ facts: Facts) -> String {
        switch facts.childCount {
        case 0: "It is a heading and may not be reported."
        case 1: "It is a heading with one entry below it; a claim needs a complete code from below it."
        default:
            "It is a heading with \(facts.childCount) entries directly below it; a claim needs a complete code "
                + "from below it."
        }
    }

    /// A title as the end of a sentence.
    static func ended(_ title: String) -> String { title.hasSuffix(".") ? title : title + "." }
}
