extension CommonDescription {
    /// ICD-10-CM: the title, its place, and the set's conventions on words of the title and on the 7th character (ICD-10-CM
    /// Official Guidelines for Coding and Reporting, sections I.A.9, I.A.13 and I.C.19.a).
    static func diagnosis(_ facts: Facts) -> [String] {
        let listing = facts.listing
        var sentences = ["\(level(of: listing.code)) \(listing.code) means: \(ended(listing.title))"]
        if let place = place(in: facts.path) { sentences.append(place) }
        guard listing.billable else { return sentences + [heading(facts)] }
        sentences += conventions(listing.title)
        let characters = Array(CodeForm.key(listing.code))
        if characters.count == 7 {
            sentences += seventh(String(characters[6]), facts.notes)
            if characters[3..<6].contains("X") {
                sentences.append("An X before the 7th character holds a place and has no meaning of its own.")
            }
        }
        sentences.append("It is complete: it has all the characters that its category asks for.")
        return sentences
    }

    private static func level(of code: String) -> String {
        if code.utf8.count <= 2 { return "Chapter" }
        if code.contains("-") { return "Section" }
        return code.utf8.count == 3 ? "Category" : "Code"
    }

    /// "It belongs to category E11, Type 2 diabetes mellitus, in chapter 4, Endocrine, … diseases."
    private static func place(in path: [Listing]) -> String? {
        var places: [String] = []
        if let category = path.last(where: { $0.code.utf8.count == 3 && !$0.code.contains("-") }) {
            places.append("category \(category.code), \(category.title)")
        } else if let section = path.last(where: { $0.code.contains("-") }) {
            places.append("section \(section.code), \(section.title)")
        }
        if let chapter = path.first, chapter.code.utf8.count <= 2 {
            places.append("chapter \(chapter.code), \(withoutRange(chapter.title))")
        }
        return places.isEmpty ? nil : "It belongs to \(places.joined(separator: ", in "))."
    }

    /// A chapter's title without the range of codes at its end.
    private static func withoutRange(_ title: String) -> String {
        guard title.hasSuffix(")"), let start = title.lastIndex(of: "("), title[start...].contains("-") else {
            return title
        }
        return String(title[..<start].reversed().drop { $0 == " " }.reversed())
    }

    private static func conventions(_ title: String) -> [String] {
        let lower = title.lowercased()
        let words = Set(lower.split { !$0.isLetter }.map(String.init))
        var sentences: [String] = []
        if lower.contains("in diseases classified elsewhere") {
            sentences.append(
                "It names a manifestation and never comes first: the underlying disease is coded before it.")
        }
        if words.contains("unspecified") {
            sentences.append(
                "“Unspecified” means that the record does not say more; when it does, a code that says so is to be used."
            )
        }
        if lower.hasPrefix("other ") {
            sentences.append("“Other” means that the record gives a detail for which there is no code of its own.")
        }
        return sentences
    }

    private static func seventh(_ character: String, _ notes: [NoteRecord]) -> [String] {
        let meanings = notes.filter { $0.kind == .seventhCharacter && $0.label == character }.map(\.text)
        guard let first = meanings.first else { return [] }
        var sentences = ["Its 7th character, \(character), means: \(ended(meanings.joined(separator: "; or ")))"]
        if first.hasPrefix("initial encounter") {
            sentences.append("“Initial encounter” is every encounter in which the patient receives active treatment.")
        } else if first.hasPrefix("subsequent encounter") {
            sentences.append(
                "“Subsequent encounter” is routine care during healing or recovery, after the active treatment.")
        } else if first == "sequela" {
            sentences.append(
                "“Sequela” is for a condition that remains or arises as a result of the injury; the code of that condition "
                    + "comes first.")
        }
        return sentences
    }
}
