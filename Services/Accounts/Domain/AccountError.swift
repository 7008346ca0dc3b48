/// Why an act on accounts was not done.
package enum AccountError: Error, Sendable, Equatable {
    /// The address has an account.
    case addressTaken
    /// There is no such account.
    case unknownAccount
    /// There is no such plan on this day.
    case unknownPlan(PlanName)
    /// A stored row breaks a rule of the domain; the store was edited by hand or is damaged.
    case unreadableRow(table: String)
}
