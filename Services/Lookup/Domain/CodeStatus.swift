/// Whether a code may be used on a day.
enum CodeStatus: String, Sendable {
    case active
    /// No longer: the edition of that day gives an earlier last day, or no longer lists the code.
    case retired
    /// Not yet.
    case future

    /// - Parameters:
    ///   - added: first day of use, where known.
    ///   - retired: first day on which the code may no longer be used, where known.
    init(on day: Day, added: Day?, retired: Day?) {
        if let retired, retired <= day {
            self = .retired
        } else if let added, added > day {
            self = .future
        } else {
            self = .active
        }
    }
}
