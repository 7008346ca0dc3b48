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
    var shortTitle: String
    var billable: Bool
    var added: Day?
    var retired: Day?
}
