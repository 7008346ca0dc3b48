/// A Medically Unlikely Edit: the most units of a code that are paid.
package struct UnitLimit: Sendable, Hashable {
    /// How claims are measured against it (MUE Adjudication Indicator, MAI).
    package enum Measure: Int, Sendable {
        /// Each claim line by itself.
        case line = 1
        /// All units of the day together; absolute.
        case dayByPolicy = 2
        /// All units of the day together; more may be paid on medical review.
        case dayByClinicalBenchmark = 3
    }

    package var code: ProcedureCode
    package var units: Int
    package var measure: Measure
    package var rationale: String

    /// Names the parts.
    package init(code: ProcedureCode, units: Int, measure: Measure, rationale: String) {
        self.code = code
        self.units = units
        self.measure = measure
        self.rationale = rationale
    }
}
