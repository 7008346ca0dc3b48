/// What a rule says of a claim, a line or some diagnoses.
struct ClaimFinding: Sendable, Equatable {
    enum Verdict: String, Sendable {
        case pass, fail
        /// A modifier lets it be paid, where the record supports that.
        case bypassed
        /// The loaded files do not say. That is not a pass.
        case noData = "no_data"
    }

    var rule: ClaimRule
    var verdict: Verdict
    /// Lines that it concerns, the one that it stands at first; empty: the claim.
    var lines: [Int]
    /// Places of diagnoses, from 1.
    var diagnoses: [Int]
    var message: String
    var action: String
    var source: Citation?
    /// The day that it was judged for.
    var day: Day
    /// When the edit itself is in force, where it has dates.
    var window: DaySpan?

    init(
        _ rule: ClaimRule, _ verdict: Verdict, lines: [Int] = [], diagnoses: [Int] = [], on day: Day, _ message: String,
        action: String = "", source: Citation?, window: DaySpan? = nil
    ) {
        self.rule = rule
        self.verdict = verdict
        self.lines = lines
        self.diagnoses = diagnoses
        self.message = message
        self.action = action
        self.source = source
        self.day = day
        self.window = window
    }
}

extension Day {
    /// E.g. "2026 Q2".
    var quarter: String {
        let month = Int(number) / 100 % 100
        return "\(number / 10_000) Q\((month + 2) / 3)"
    }
}
