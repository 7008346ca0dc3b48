/// Why something cannot be done for a seeker.
package enum SeekerError: Error, Sendable, Equatable {
    /// The limit that is reached.
    case tooMany(Int)
    case unknown
    case invalid(FieldFault)
    /// The caller has applied before.
    case applied
    /// The posting takes no applications any more.
    case notOpen
    /// The posting is applied to by mail or link.
    case noForm
    /// The caller's address is not verified.
    case unverified
    /// A stage that nothing follows.
    case final(ApplicationStage)
}
