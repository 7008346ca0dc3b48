/// Whom a subscription is for.
package enum Payer: Sendable, Equatable, Hashable {
    case account(AccountID)
    case organisation(OrganisationID)

    /// As rows name it: `a:ID` or `o:ID`.
    package var stored: String {
        switch self {
        case .account(let id): "a:\(id.text)"
        case .organisation(let id): id.stored
        }
    }

    /// The payer of a row; nil when it is none.
    package init?(stored: String) {
        let id = String(stored.dropFirst(2))
        if stored.hasPrefix("a:"), let account = AccountID(id) {
            self = .account(account)
        } else if stored.hasPrefix("o:"), let organisation = OrganisationID(id) {
            self = .organisation(organisation)
        } else {
            return nil
        }
    }
}
