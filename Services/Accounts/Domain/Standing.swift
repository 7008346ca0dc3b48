/// An account as the other programs may know it.
package struct Standing: Sendable, Equatable {
    package let account: Account
    /// The oldest first.
    package let memberships: [Membership]

    /// As it is stored.
    package init(account: Account, memberships: [Membership]) {
        self.account = account
        self.memberships = memberships
    }

    /// Most that are asked for at once.
    package static let limit = 200
}
