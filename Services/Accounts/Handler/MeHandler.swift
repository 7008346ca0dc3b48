import Calendar
import Contracts
import RPC

/// Answers what people do with their own accounts. The caller is the principal of the call.
package struct MeHandler: MeAPI.Service {
    let base: AccountsHandler
    let desks: DeskStore

    /// Works with the same store, clock and throttle as `base`.
    package init(_ base: AccountsHandler) {
        self.base = base
        desks = DeskStore(base.accounts.store)
    }

    /// How much a caller must have shown.
    enum Need {
        /// Any credential that may read.
        case read
        /// A session, or a key that may write.
        case write
        /// A session: the call changes how somebody logs in.
        case session
    }

    /// Runs an act for the account that asks.
    ///
    /// - Throws: UNAUTHENTICATED without a principal; PERMISSION_DENIED when it may not.
    func answering<Reply>(
        _ context: CallContext, _ need: Need, _ act: (Caller) async throws -> Reply
    ) async throws(ServiceError) -> Reply {
        try await base.answering {
            guard case .account(let id, let credential)? = Principal(context.principal) else {
                throw ServiceError(.unauthenticated, "log in first", reason: "no_session")
            }
            var session = ""
            switch (credential, need) {
            case (.session(let handle), _): session = handle
            case (.none, .read): break
            case (.key(_, let scopes), .read) where scopes.contains(.read) || scopes.contains(.write): break
            case (.key(_, let scopes), .write) where scopes.contains(.write): break
            case (_, .session):
                throw ServiceError(
                    .permissionDenied, "log in to do this; an API key may not", reason: "session_needed")
            case (_, .read), (_, .write):
                throw ServiceError(.permissionDenied, "this key's scopes do not allow it", reason: "scope_needed")
            }
            guard let account = try base.accounts.account(id) else { throw AccountError.unknownAccount }
            guard !account.isSuspended else { throw AccountError.suspended }
            return try await act(
                Caller(account: account, session: session, actor: "a:\(id.text)", now: base.clock.now))
        }
    }

    /// Compares the caller's password, with the same delays as a login.
    ///
    /// - Throws: `AccountError.wrongPassword`; RESOURCE_EXHAUSTED after too many wrong ones.
    func checkPassword(_ password: String, of caller: Caller) async throws -> Credentials {
        guard password.utf8.count <= Password.lengths.upperBound else { throw AccountError.wrongPassword }
        let address = try EmailAddress(caller.account.email)
        let wait = base.gate.admit(address, nil, at: caller.now)
        guard wait == 0 else {
            throw ServiceError(
                .resourceExhausted, "too many wrong passwords; try again in \(wait) s", reason: "login_delay",
                retryAfter: .seconds(wait))
        }
        guard let known = try base.accounts.credentials(of: caller.account.id) else {
            throw AccountError.unknownAccount
        }
        do {
            let check = try await base.passwords.check(password, hash: known.passwordHash)
            guard check.matches else { throw AccountError.wrongPassword }
        } catch let error as PasswordHashingError {
            base.gate.withdrawn(address, nil)
            throw error
        }
        base.gate.succeeded(address, nil)
        return known
    }
}
