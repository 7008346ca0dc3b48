import Contracts

/// Who asks.
enum Reader: Sendable, Equatable {
    /// No cookie of ours, or one that we did not sign.
    case newcomer
    case guest(GuestID)
    /// An account, with the token of its session or the API key that it showed.
    case account(AccountsAPI.Account, session: String)

    /// The account, when the reader has one.
    var account: AccountsAPI.Account? {
        if case .account(let account, _) = self { account } else { nil }
    }

    /// What stands in the header of calls that are made for the reader: what Authenticate said, unchanged; empty for guests.
    var principal: [UInt8] {
        account.map { Array($0.principal.utf8) } ?? []
    }

    /// Names the reader in keys of ours; empty for a newcomer.
    var subject: String {
        switch self {
        case .newcomer: ""
        case .guest(let guest): "guest \(guest.text)"
        case .account(let account, _): "account \(account.id)"
        }
    }
}
