/// What a posting pays, as the employer wrote it.
package struct Salary: Sendable, Equatable, Codable {
    /// The span of time that an amount is paid for.
    package enum Unit: String, Sendable, CaseIterable, Codable {
        case hour, day, week, month, year
    }

    /// US cents for each unit; `maximum` equals `minimum` when one amount is named.
    package var minimum: Int64
    package var maximum: Int64
    package var unit: Unit

    /// The amounts are not checked here: `PostingRules` does.
    package init(minimum: Int64, maximum: Int64, unit: Unit) {
        self.minimum = minimum
        self.maximum = maximum
        self.unit = unit
    }

    /// A year has 52 weeks of 5 days and 12 months; an hourly amount is paid for the posting's hours a week.
    ///
    /// - Returns: whole US dollars a year, rounded down.
    package func dollarsAYear(hoursAWeek: Int) -> (minimum: Int64, maximum: Int64) {
        let units: Int64 =
            switch unit {
            case .hour: Int64(hoursAWeek) * 52
            case .day: 5 * 52
            case .week: 52
            case .month: 12
            case .year: 1
            }
        return (minimum * units / 100, maximum * units / 100)
    }
}
