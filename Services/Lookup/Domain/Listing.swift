/// A code or heading as one edition lists it.
package struct Listing: Sendable, Equatable {
    package var id: ListingID
    package var edition: EditionID
    package var codeID: CodeID
    /// Canonical form.
    package var code: String
    /// The heading directly above.
    package var parent: CodeID?
    package var title: String
    package var shortTitle: String
    package var billable: Bool
    package var added: Day?
    package var retired: Day?
}
