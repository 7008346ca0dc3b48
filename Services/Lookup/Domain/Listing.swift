/// A code or heading as one edition lists it.
struct Listing: Sendable, Equatable {
    var id: ListingID
    var edition: EditionID
    var codeID: CodeID
    /// Canonical form.
    var code: String
    /// The heading directly above.
    var parent: CodeID?
    var title: String
    /// The edition that the long title comes from, when the listing's own has only short ones.
    var titleEdition: EditionID?
    var shortTitle: String
    var billable: Bool
    var added: Day?
    var retired: Day?

    /// How its edition words it.
    var wording: Wording { Wording(title: title, shortTitle: shortTitle, carried: titleEdition != nil) }

    /// May stand on a claim of that day as far as its own dates say.
    func isActive(on day: Day) -> Bool { CodeStatus(on: day, added: added, retired: retired) == .active }
}
