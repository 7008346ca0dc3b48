/// Who acts for employers: an account, and the organisations that it belongs to.
package struct Agent: Sendable, Equatable {
    /// An organisation of Accounts.
    package struct Organisation: Sendable, Equatable {
        package let id: String
        /// Owns or manages it.
        package let isManager: Bool

        /// As Accounts answered.
        package init(id: String, isManager: Bool) {
            self.id = id
            self.isManager = isManager
        }
    }

    package let account: String
    package let organisations: [Organisation]

    /// An account that belongs to no organisation, or to those named.
    package init(_ account: String, organisations: [Organisation] = []) {
        self.account = account
        self.organisations = organisations
    }
}
