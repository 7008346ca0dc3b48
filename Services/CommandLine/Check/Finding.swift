/// One thing that `check` looked at.
struct Finding: Sendable, Equatable {
    /// What it means for the desk.
    enum Verdict: String, Sendable {
        case good = "ok"
        /// Works, but an operator should know.
        case notice = "note"
        case bad = "FAIL"
    }

    var verdict: Verdict
    /// What was looked at, e.g. `Lookup`.
    var subject: String
    /// What was found and, unless it is good, what to do.
    var says: String

    static func good(_ subject: String, _ says: String) -> Finding {
        Finding(verdict: .good, subject: subject, says: says)
    }

    static func notice(_ subject: String, _ says: String) -> Finding {
        Finding(verdict: .notice, subject: subject, says: says)
    }

    static func bad(_ subject: String, _ says: String) -> Finding {
        Finding(verdict: .bad, subject: subject, says: says)
    }
}
