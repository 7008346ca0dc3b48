/// The days on which an edition of HCPCS applies, and what they say about the codes that may be in its file.
package struct HCPCSTerm: Sendable, Equatable {
    let effective: Day
    let end: Day?

    /// - Parameters:
    ///   - effective: the first day.
    ///   - end: the last day; nil: open.
    package init(effective: Day, end: Day?) {
        self.effective = effective
        self.end = end
    }

    /// Every release adds codes: its newest one is at most a year older than the edition and no younger than its end.
    func mayHold(newest: Day) -> Bool {
        let oldest = Day(number: Int(effective.number) - 10_000)
        let youngest = end ?? Day(number: Int(effective.number) + 10_000) ?? effective
        return newest >= oldest ?? effective && newest <= youngest
    }
}

extension HCPCSTerm: CustomStringConvertible {
    /// "applies from … to …".
    package var description: String {
        "applies from \(effective)" + (end.map { " to \($0)" } ?? " on")
    }
}
