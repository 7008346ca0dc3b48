/// Why a hold was not closed as asked.
package enum HoldError: Error, Sendable, Equatable {
    /// There is none of this name, or it was closed so long ago that it is forgotten.
    case unknown
    /// It was committed before.
    case committed
    /// Its charge was given back before.
    case refunded
    /// The work took longer than it was held for; the charge is given back.
    case expired
}
