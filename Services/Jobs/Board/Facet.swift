/// What open postings are counted and filtered by. The raw value is the name in addresses and in the contract.
package enum Facet: String, Sendable, CaseIterable {
    case credentialRequired = "required"
    case credentialPreferred = "preferred"
    /// `yes`: a CPC-A is welcome.
    case apprentices
    case specialty
    /// `professional` and `facility`; a posting for both counts in both.
    case setting
    case workplace
    /// Where one may live or works; a remote posting without a list counts in every state.
    case state
    case employment
    /// Dollars a year at the upper end: a posting counts in every step that it reaches.
    case salary
    /// Days since publication: a posting counts in every span that it lies in.
    case posted
    case employer

    /// Dollars a year.
    package static let salarySteps: [Int64] = [40_000, 50_000, 60_000, 70_000, 80_000, 100_000]
    /// Days.
    package static let postedSpans: [Int64] = [1, 3, 7, 14, 30]
}
