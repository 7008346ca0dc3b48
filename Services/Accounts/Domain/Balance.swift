package import Calendar

/// What is left of a feature, as a reader is shown it.
package struct Balance: Sendable, Equatable {
    /// Nil without limit.
    package let limit: Int?
    /// Nil without limit.
    package let remaining: Int?
    /// When the meter resets; nil before the first charge of a period that begins with it.
    package let resetsAt: UTCInstant?
    package let plan: PlanName

    /// A balance under `plan`.
    package init(limit: Int?, remaining: Int?, resetsAt: UTCInstant?, plan: PlanName) {
        self.limit = limit
        self.remaining = remaining
        self.resetsAt = resetsAt
        self.plan = plan
    }
}
