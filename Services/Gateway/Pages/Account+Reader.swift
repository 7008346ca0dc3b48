import Contracts
import RPC

extension AccountsAPI.Account {
    /// Whether the administration is open to it.
    var isAdministrator: Bool { roles.contains("administrator") }

    /// Whether the queue of postings that wait is open to it.
    var isModerator: Bool { isAdministrator || roles.contains("moderator") }
    /// Answers the cases that no source answers.
    var isConsultant: Bool { isAdministrator || roles.contains("consultant") }
}

extension GatewayContext {
    /// The options of a call to Accounts that is made for a signed-in reader: who it is goes along as Authenticate gave it.
    func options(for account: AccountsAPI.Account) -> CallOptions {
        options(timeout: CallTimeouts.accounts, principal: Array(account.principal.utf8))
    }
}
