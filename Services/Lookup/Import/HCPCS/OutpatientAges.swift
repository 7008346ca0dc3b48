/// The ages for which the Outpatient Code Editor accepts a code.
struct OutpatientAges: Sendable, Equatable {
    /// In whole years, both included. 124 is the editor's highest.
    let low: Int
    let high: Int

    /// - Parameters: as the file writes them; nil when both are empty: every age.
    init?(low: String, high: String) {
        guard let low = Int(low), let high = Int(high) else { return nil }
        self.low = low
        self.high = high
    }
}

extension OutpatientAges: CustomStringConvertible {
    /// "0 years", "up to 17 years", "15 years and over" or "9 to 64 years".
    var description: String {
        if high == 0 { return "0 years (newborn)" }
        if low == 0 { return "up to \(high) years" }
        return high >= 124 ? "\(low) years and over" : "\(low) to \(high) years"
    }
}
