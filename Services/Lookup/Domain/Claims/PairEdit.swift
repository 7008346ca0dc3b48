/// An NCCI procedure-to-procedure edit: two codes that are not paid together on one day, for as long as it is in force.
package struct PairEdit: Sendable, Hashable {
    /// What a modifier does to it, as the file writes it.
    package enum Indicator: Int, Sendable {
        /// No modifier lets both be paid.
        case notAllowed = 0
        /// An NCCI PTP-associated modifier lets both be paid where the record supports it.
        case allowed = 1
        /// Not applicable: the edit was deleted on the day on which it began.
        case notApplicable = 9
    }

    /// When it is in force, and what a modifier does; many pairs share one.
    package struct Window: Sendable, Hashable {
        package var effective: Day
        /// Last day; nil: none.
        package var deleted: Day?
        package var indicator: Indicator
        /// The publisher's reason for the edit; empty where the file has none.
        package var rationale: String

        /// Names the parts.
        package init(effective: Day, deleted: Day?, indicator: Indicator, rationale: String = "") {
            self.effective = effective
            self.deleted = deleted
            self.indicator = indicator
            self.rationale = rationale
        }

        /// An edit that was deleted on its first day has never been in force.
        package func holds(on day: Day) -> Bool {
            guard effective <= day, let deleted else { return effective <= day }
            return day <= deleted && deleted != effective
        }
    }

    /// The code that is paid.
    package var first: ProcedureCode
    /// The code that is not.
    package var second: ProcedureCode
    package var window: Window

    /// Names the parts.
    package init(_ first: ProcedureCode, _ second: ProcedureCode, _ window: Window) {
        self.first = first
        self.second = second
        self.window = window
    }
}
