/// The block "facts": every indicator that the loaded files hold of a code.
enum FactSheet {
    /// - Parameter groups: the facts by the edition that holds them, the code's own edition first.
    static func paragraphs(
        _ listing: Listing, in edition: EditionRecord, groups: [(edition: EditionRecord, facts: [FactRecord])]
    ) -> [PageParagraph] {
        var paragraphs = [
            PageParagraph(
                listing.billable ? "Yes: it may stand on a claim as it is" : "No: a heading", label: "Billable"),
            PageParagraph(validity(listing, edition), label: "Validity"),
        ]
        for group in groups {
            let source = group.edition == edition ? nil : PageSource(group.edition)
            for fact in group.facts where fact.name != processingNote {
                paragraphs.append(PageParagraph(statement(fact), label: fact.name, source: source))
            }
        }
        return paragraphs
    }

    /// The text of a processing note stands among the billing notes.
    static let processingNote = "Processing note"

    private static func statement(_ fact: FactRecord) -> String {
        if fact.meaning.isEmpty { return fact.value }
        return fact.value.isEmpty || fact.value == fact.meaning ? fact.meaning : "\(fact.value): \(fact.meaning)"
    }

    private static func validity(_ listing: Listing, _ edition: EditionRecord) -> String {
        let begin = max(listing.added ?? edition.effective, edition.effective)
        var text = "\(edition.edition): from \(begin)"
        if let retired = listing.retired {
            text += ", not from \(retired) on"
        } else if let end = edition.end {
            text += " to \(end)"
        }
        return text
    }
}
