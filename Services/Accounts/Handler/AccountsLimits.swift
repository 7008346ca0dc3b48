/// The limits that an operator sets.
package struct AccountsLimits: Sendable {
    /// Guest grants that one network may have in a day.
    package let guestGrants: Int
    /// Accounts that one network may register in a day.
    package let registrations: Int

    /// The defaults of the settings.
    package init(guestGrants: Int = 200, registrations: Int = 1_000) {
        self.guestGrants = guestGrants
        self.registrations = registrations
    }
}
