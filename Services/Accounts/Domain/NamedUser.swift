package import Calendar

/// One whom royalties are paid for: an account that was shown a licensed text in a year.
package struct NamedUser: Sendable, Equatable {
    package let licence: String
    package let licensee: String
    package let number: String
    /// The account's id; it names nobody any more once the account is deleted.
    package let account: String
    /// When it was first shown one.
    package let at: UTCInstant
    /// The organisation that it was booked to; empty: none.
    package let organisation: String

    /// As it is stored.
    package init(
        licence: String, licensee: String, number: String, account: String, at: UTCInstant, organisation: String
    ) {
        self.licence = licence
        self.licensee = licensee
        self.number = number
        self.account = account
        self.at = at
        self.organisation = organisation
    }
}
