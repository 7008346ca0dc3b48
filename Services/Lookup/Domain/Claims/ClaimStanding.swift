/// Whether a code may stand on a claim of a day, as far as the loaded files say.
enum ClaimStanding: Sendable, Equatable {
    case valid(Citation)
    /// Why not, and what to do.
    case invalid(message: String, action: String, Citation?)
    /// No loaded file speaks of the day.
    case unknown(message: String)
}
