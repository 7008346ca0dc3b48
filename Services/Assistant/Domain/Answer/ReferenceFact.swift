/// What a reference table says: an edit, a price, a coverage document, a crosswalk.
struct ReferenceFact: Sendable, Equatable {
    /// What it is called as a source, e.g. "NCCI PTP edit".
    var title: String
    /// A sentence.
    var text: String
    /// More of the record than the sentence says; may be empty.
    var detail = ""
    var source: SourceNote
    var href = ""
}

extension Composer {
    /// Facts as they were said, each on its record.
    static func facts(_ facts: [ReferenceFact]) -> Draft {
        var draft = Draft()
        for fact in facts {
            let passage = fact.detail.isEmpty ? fact.text : "\(fact.text) \(fact.detail)"
            draft.say(
                fact.text, Evidence(title: fact.title, passage: passage, source: fact.source, href: fact.href))
        }
        return draft
    }
}
