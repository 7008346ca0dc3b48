package import Calendar

/// Why an act on accounts was not done.
package enum AccountError: Error, Sendable, Equatable {
    /// There is no such account.
    case unknownAccount
    /// An administrator has suspended the account.
    case suspended
    /// There is no such plan on this day.
    case unknownPlan(PlanName)
    /// Too many registrations came from the caller's network today.
    case registrationCeiling(resetsAt: UTCInstant)
    /// A mailed token is unknown, used, expired or of another kind.
    case unknownToken
    /// The password is not the account's.
    case wrongPassword
    /// The code of the second factor is wrong or was used before.
    case wrongCode
    /// The password was right; a code of the second factor is needed too.
    case secondFactorNeeded
    /// There is nothing of this name that is the caller's.
    case notFound(String)
    /// The account has as many keys as it may.
    case tooManyKeys
    /// There is one of this name already.
    case exists(String)
    /// The account has marked as many codes as it may.
    case deskFull
    /// The same mail went out a moment ago.
    case mailedRecently(seconds: Int64)
    /// The act does not fit how things stand; says how.
    case precondition(String, reason: String)
    /// The caller's role in an organisation does not allow it.
    case roleNeeded
    /// As many as there may be; says of what.
    case exhausted(String, reason: String)
    /// A webhook's signature is missing, wrong or too old; says which.
    case badSignature(reason: String)
    /// A stored row breaks a rule of the domain; the store was edited by hand or is damaged.
    case unreadableRow(table: String)
}
