import Contracts

/// Who asks.
enum Reader: Sendable, Equatable {
    /// No cookie of ours, or one that we did not sign.
    case newcomer
    case guest(GuestID)
    case account(AccountsAPI.Account, session: String)

    /// The account, when the reader has one.
    var account: AccountsAPI.Account? {
        if case .account(let account, _) = self { account } else { nil }
    }
}
