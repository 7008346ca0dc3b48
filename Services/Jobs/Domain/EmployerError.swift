/// Why something cannot be done with an employer.
package enum EmployerError: Error, Sendable, Equatable {
    /// There is none, or not for this caller.
    case unknown
    case domainTaken
    /// A domain at which anybody gets an address.
    case freeMail
    case invalid(FieldFault)
    case tooManyProofs
    /// What was looked for and not found.
    case notProven(String)
    case notOwner
}
