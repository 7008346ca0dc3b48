import Contracts

/// How a reader is named to Assistant: an account by the principal, a guest by the field of the request.
extension Reader {
    /// Empty for an account and for somebody unknown.
    var guestName: String {
        if case .guest(let guest) = self { guest.text } else { "" }
    }

    /// The account as Authenticate gave it; empty for guests.
    var assistantPrincipal: [UInt8] {
        account.map { Array(($0.principal.isEmpty ? $0.id : $0.principal).utf8) } ?? []
    }
}
