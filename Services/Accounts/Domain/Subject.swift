/// Who is metered.
package enum Subject: Sendable, Equatable, Hashable {
    case guest(GuestID)
    case account(AccountID)

    /// A subject as the contract spells it.
    ///
    /// - Throws: `InvalidField` that names the part that is wrong.
    package init(kind: String, id: String) throws(InvalidField) {
        switch kind {
        case "guest":
            guard let guest = GuestID(id) else {
                throw InvalidField("subject.id", "a guest id has 8 to 64 letters, digits, - or _")
            }
            self = .guest(guest)
        case "account":
            guard let account = AccountID(id) else {
                throw InvalidField("subject.id", "this is no account id")
            }
            self = .account(account)
        default:
            throw InvalidField("subject.kind", "the kind is guest or account")
        }
    }
}
