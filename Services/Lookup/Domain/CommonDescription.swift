/// The plain-language description that rules make of a code's place in its set. It says nothing but what the structure
/// says, so it cannot be wrong where the source is right.
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

        init(
            system: CodeSystem, listing: Listing, path: [Listing], notes: [NoteRecord], childCount: Int,
            axes: [ProcedureAxes.Axis] = []
        ) {
            self.system = system
            self.listing = listing
            self.path = path
            self.notes = notes
            self.childCount = childCount
            self.axes = axes
        }
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

    // MARK: ICD-10-CM

    private static func diagnosis(_ facts: Facts) -> [String] {
        let listing = facts.listing
        var sentences = [
            "\(level(of: listing.code)) \(listing.code) stands for: \(listing.title)." + place(in: facts.path)
        ]
        guard listing.billable else {
            return sentences + [heading(facts)]
        }
        sentences.append("It is complete: it has all the characters that its category asks for.")
        let characters = Array(CodeForm.key(listing.code))
        if characters.count == 7 {
            let seventh = String(characters[6])
            if let note = facts.notes.first(where: { $0.kind == .seventhCharacter && $0.label == seventh }) {
                sentences.append("Its 7th character, \(seventh), means: \(note.text).")
            }
            if characters[3..<6].contains("X") {
                sentences.append("An X before the 7th character holds a place and has no meaning of its own.")
            }
        }
        return sentences
    }

    private static func level(of code: String) -> String {
        if code.utf8.count <= 2 { return "Chapter" }
        if code.contains("-") { return "Section" }
        return code.utf8.count == 3 ? "Category" : "The code"
    }

    /// ", in the category E11 (…), the section E08-E13 (…) and the chapter 4 (…)", nearest first.
    private static func place(in path: [Listing]) -> String {
        var places: [String] = []
        if let category = path.last(where: { $0.code.utf8.count == 3 && !$0.code.contains("-") }) {
            places.append("category \(category.code) (\(category.title))")
        }
        if let section = path.last(where: { $0.code.contains("-") }) {
            places.append("section \(section.code) (\(section.title))")
        }
        if let chapter = path.first, chapter.code.utf8.count <= 2 {
            places.append("chapter \(chapter.code) (\(chapter.title))")
        }
        guard let last = places.popLast() else { return "" }
        let list = places.isEmpty ? last : places.joined(separator: ", ") + " and " + last
        return " It belongs to \(list)."
    }

    private static func heading(_ facts: Facts) -> String {
        switch facts.childCount {
        case 0: "It is a heading and may not be reported."
        case 1: "It is a heading with one entry below it; a claim needs a complete code from below it."
        default:
            "It is a heading with \(facts.childCount) entries directly below it; a claim needs a complete code "
                + "from below it."
        }
    }

    // MARK: ICD-10-PCS

    private static func procedure(_ facts: Facts) -> [String] {
        var sentences = [
            facts.listing.billable
                ? "The procedure code \(facts.listing.code) stands for: \(facts.listing.title)."
                : "\(facts.listing.code) stands for: \(facts.listing.title). \(heading(facts))"
        ]
        if facts.listing.billable, !facts.axes.isEmpty {
            let parts = facts.axes.map { "\($0.name.lowercased()) \($0.character), \($0.meaning)" }
            sentences.append("Read character by character: " + parts.joined(separator: "; ") + ".")
        }
        return sentences
    }

    // MARK: HCPCS

    private static func supply(_ facts: Facts) -> [String] {
        let listing = facts.listing
        guard listing.billable || facts.childCount == 0 else {
            return ["\(listing.code) stands for: \(listing.title). \(heading(facts))"]
        }
        var sentences = ["The HCPCS Level II code \(listing.code) stands for: \(listing.title)."]
        if let above = facts.path.last {
            sentences.append("It belongs to \(above.code) (\(above.title)).")
        }
        return sentences
    }

    private static func modifier(_ facts: Facts) -> [String] {
        [
            "The modifier \(facts.listing.code) is put after a procedure or supply code on a claim line and adds: "
                + "\(facts.listing.title)."
        ]
    }
}
