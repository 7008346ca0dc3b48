package import Contracts
import Logging
package import RPC

extension AccountsHandler {
    /// Makes an account with a session; see the contract.
    package func register(
        _ request: AccountsAPI.RegisterRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Session {
        try await answering {
            let address = try EmailAddress(request.email)
            let password = try Password(choosing: request.password, for: address)
            let guest = try guest(request.guestId)
            _ = try NetworkPrefix(request.network)
            // Before the slow hash; the write looks again, since another may register the address meanwhile.
            guard try !accounts.isTaken(address) else { throw AccountError.addressTaken }
            let hash = try await passwords.hash(password.bytes)
            let now = clock.now
            var chance = SystemRandomNumberGenerator()
            let account = Account(
                id: AccountID(at: now, using: &chance), email: address.text, plan: .free, isEmailVerified: false,
                createdAt: now)
            let (token, session) = newSession(at: now)
            try await accounts.register(
                account, canonicalEmail: address.canonical, passwordHash: hash, session: session, guest: guest)
            logger.info("account registered", metadata: ["account": "\(account.id.text)"])
            return try reply(token, session, account)
        }
    }

    /// Makes a session; see the contract.
    package func logIn(
        _ request: AccountsAPI.LogInRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Session {
        try await answering {
            let network = try NetworkPrefix(request.network)
            // Whether these hold is plain to the caller, so that saying so at once tells nothing of who has an account.
            guard let address = wellFormed(request.email),
                request.password.utf8.count <= Password.lengths.upperBound
            else { throw wrongCredentials }
            let wait = gate.admit(address, network, at: clock.now)
            guard wait == 0 else {
                throw ServiceError(
                    .resourceExhausted, "too many failed logins; try again in \(wait) s", reason: "login_delay",
                    retryAfter: .seconds(wait))
            }
            let account = try await verified(Array(request.password.utf8), address, network)
            let (token, session) = newSession(at: clock.now)
            try await accounts.logIn(account.account.id, session: session, newHash: account.newHash)
            return try reply(token, session, account.account)
        }
    }

    /// Ends a session; an ended or unknown one is no error.
    package func logOut(
        _ request: AccountsAPI.LogOutRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.LogOutReply {
        try await answering {
            if let token = SessionToken(request.token) { try await accounts.logOut(token.hash) }
            return AccountsAPI.LogOutReply()
        }
    }

    /// Whose a session is; see the contract.
    package func authenticate(
        _ request: AccountsAPI.AuthenticateRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Account {
        try await answering {
            let now = clock.now
            guard let token = SessionToken(request.token),
                let account = try accounts.authenticate(token.hash, at: now)
            else { throw ServiceError(.unauthenticated, "log in first", reason: "no_session") }
            return AccountsAPI.Account(account, plan: try plan(account.plan, at: now))
        }
    }

    private var wrongCredentials: ServiceError {
        ServiceError(.unauthenticated, "the email address or the password is wrong", reason: "wrong_credentials")
    }

    /// Compares a password, as slowly for an unknown address as for a known one.
    private func verified(
        _ password: [UInt8], _ address: EmailAddress, _ network: NetworkPrefix?
    ) async throws -> (account: Account, newHash: String?) {
        do {
            let known = try accounts.credentials(of: address)
            let check = try await passwords.check(password, hash: known?.passwordHash)
            guard let known, check.matches else { throw wrongCredentials }
            gate.succeeded(address, network)
            return (known.account, check.newHash)
        } catch let error where (error as? ServiceError)?.kind != .unauthenticated {
            gate.withdrawn(address, network)
            throw error
        }
    }

    private func wellFormed(_ email: String) -> EmailAddress? {
        do { return try EmailAddress(email) } catch { return nil }
    }

    private func guest(_ id: String) throws -> GuestID? {
        guard !id.isEmpty else { return nil }
        guard let guest = GuestID(id) else {
            throw InvalidField("guest_id", "a guest id has 8 to 64 letters, digits, - or _")
        }
        return guest
    }

    private func newSession(at now: UTCInstant) -> (SessionToken, NewSession) {
        var chance = SystemRandomNumberGenerator()
        let token = SessionToken(using: &chance)
        let expiry = SessionRules.expiry(usedAt: now)
        return (token, NewSession(tokenHash: token.hash, createdAt: now, expiresAt: expiry))
    }

    private func reply(
        _ token: SessionToken, _ session: NewSession, _ account: Account
    ) throws -> AccountsAPI.Session {
        AccountsAPI.Session(
            token: token.text, expiresAt: session.expiresAt.rfc3339,
            account: AccountsAPI.Account(account, plan: try plan(account.plan, at: session.createdAt)))
    }
}
