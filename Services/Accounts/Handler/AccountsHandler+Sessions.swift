import Calendar
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
            let password = try Password(chosen: request.password, for: address)
            let guest = try guest(request.guestId)
            let network = try NetworkPrefix(request.network)
            let begun = clock.now
            // Before the slow hash; the write looks again, since others register meanwhile.
            guard try !accounts.isCeilingReached(network, ceiling: limits.registrations, at: begun) else {
                throw AccountError.registrationCeiling(resetsAt: UTCInstant(startOf: begun.date.next))
            }
            let hash = try await passwords.hash(password.bytes)
            let now = clock.now
            var chance = SystemRandomNumberGenerator()
            let account = Account(
                id: AccountID(at: now, using: &chance), email: address.text, plan: .free, createdAt: now)
            let (token, session) = newSession(at: now, network: request.network, client: "")
            let proof = SecretToken(.verification, using: &chance)
            try await accounts.register(
                Registration(
                    account: account, address: address, passwordHash: hash, session: session, guest: guest,
                    tokenHash: proof.hash, verification: letters.withToken(.verify, proof, to: address),
                    notice: letters.taken(to: address, id: proof.handle), network: network,
                    networkCeiling: limits.registrations))
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
            if !request.ticket.isEmpty { return try await logIn(ticket: request.ticket, request) }
            // Whether these hold is plain to the caller, so that saying so at once tells nothing of who has an account.
            guard let address = wellFormed(request.email),
                request.password.utf8.count <= Password.lengths.upperBound
            else { throw wrongCredentials }
            try wait(gate.admit(address, network, at: clock.now))
            let (known, newHash) = try await verified(request.password, address, network)
            if request.wantsTicket, request.code.isEmpty, !known.secret.isEmpty {
                if let newHash { try await accounts.replaceHash(newHash, of: known.account.id) }
                let hash = newHash ?? known.passwordHash
                let ticket = tickets.text(for: known.account.id, passwordHash: hash, at: clock.now)
                return AccountsAPI.Session(ticket: ticket)
            }
            return try await makeSession(known, newHash: newHash, request)
        }
    }

    /// The second call of a login in two steps.
    private func logIn(ticket: String, _ request: AccountsAPI.LogInRequest) async throws -> AccountsAPI.Session {
        guard let id = tickets.account(ticket, at: clock.now), let known = try accounts.credentials(of: id),
            tickets.isValid(ticket, for: id, passwordHash: known.passwordHash)
        else {
            throw ServiceError(
                .unauthenticated, "that took too long; give address and password again", reason: "ticket_over")
        }
        return try await makeSession(known, newHash: nil, request)
    }

    /// After the password: the second factor, and the session.
    private func makeSession(
        _ known: Credentials, newHash: String?, _ request: AccountsAPI.LogInRequest
    ) async throws -> AccountsAPI.Session {
        let factor = try secondFactor(request.code, of: known)
        guard !known.account.isSuspended else { throw AccountError.suspended }
        let (token, session) = newSession(at: clock.now, network: request.network, client: request.client)
        try await accounts.logIn(known.account.id, session: session, newHash: newHash, factor: factor)
        if factor != .none { gate.codeSucceeded(known.account.id) }
        return try reply(token, session, known.account)
    }

    /// Ends a session; an ended or unknown one is no error.
    package func logOut(
        _ request: AccountsAPI.LogOutRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.LogOutReply {
        try await answering {
            if let token = SecretToken(.session, request.token) { try await accounts.logOut(token.hash) }
            return AccountsAPI.LogOutReply()
        }
    }

    /// Whose a session or a key is; see the contract.
    package func authenticate(
        _ request: AccountsAPI.AuthenticateRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Account {
        try await answering {
            let now = clock.now
            guard let (account, credential) = try bearer(request.token, at: now) else {
                throw ServiceError(.unauthenticated, "log in first", reason: "no_session")
            }
            guard !account.isSuspended else { throw AccountError.suspended }
            var reply = AccountsAPI.Account(account, plan: try plan(account.term.plan(at: now), at: now))
            reply.principal = Principal.account(account.id, credential).text
            if case .key(_, let scopes) = credential { reply.scopes = scopes.map(\.rawValue) }
            return reply
        }
    }

    private func bearer(_ text: String, at now: UTCInstant) throws -> (Account, Principal.Credential)? {
        if let key = SecretToken(.apiKey, text) {
            guard let found = try accounts.authenticateKey(key.hash, at: now) else { return nil }
            return (found.account, .key(handle: key.handle, scopes: found.scopes))
        }
        guard let token = SecretToken(.session, text),
            let account = try accounts.authenticate(token.hash, at: now)
        else { return nil }
        return (account, .session(handle: token.handle))
    }

    private var wrongCredentials: ServiceError {
        ServiceError(.unauthenticated, "the email address or the password is wrong", reason: "wrong_credentials")
    }

    /// Compares a password, as slowly for an unknown address as for a known one.
    private func verified(
        _ password: String, _ address: EmailAddress, _ network: NetworkPrefix?
    ) async throws -> (known: Credentials, newHash: String?) {
        do {
            let known = try accounts.credentials(of: address)
            let check = try await passwords.check(password, hash: known?.passwordHash)
            guard let known, check.matches else { throw wrongCredentials }
            gate.succeeded(address, network)
            return (known, check.newHash)
        } catch let error where (error as? ServiceError)?.kind != .unauthenticated {
            gate.withdrawn(address, network)
            throw error
        }
    }

    /// What the second factor showed: nothing when the account has none.
    ///
    /// - Throws: `AccountError.secondFactorNeeded`, `.wrongCode`; RESOURCE_EXHAUSTED after too many wrong ones.
    func secondFactor(_ code: String, of known: Credentials) throws -> UsedFactor {
        guard !known.secret.isEmpty else { return .none }
        guard !code.isEmpty else { throw AccountError.secondFactorNeeded }
        try wait(gate.admitCode(known.account.id, at: clock.now))
        let step = TimeCode(secret: known.secret)
            .matchingStep(code, at: clock.now.seconds, after: known.lastStep)
        if let step { return .code(step: step) }
        guard let recovery = RecoveryCode(code) else { throw AccountError.wrongCode }
        let hash = recovery.hash(for: known.account.id)
        guard try accounts.hasRecovery(hash, of: known.account.id) else { throw AccountError.wrongCode }
        return .recovery(hash: hash)
    }

    private func wait(_ seconds: Int64) throws {
        guard seconds > 0 else { return }
        throw ServiceError(
            .resourceExhausted, "too many failed logins; try again in \(seconds) s", reason: "login_delay",
            retryAfter: .seconds(seconds))
    }

    func wellFormed(_ email: String) -> EmailAddress? {
        do { return try EmailAddress(email) } catch { return nil }
    }

    private func guest(_ id: String) throws -> GuestID? {
        guard !id.isEmpty else { return nil }
        guard let guest = GuestID(id) else {
            throw InvalidField("guest_id", "a guest id has 8 to 64 letters, digits, - or _")
        }
        return guest
    }

    private func newSession(at now: UTCInstant, network: String, client: String) -> (SecretToken, NewSession) {
        var chance = SystemRandomNumberGenerator()
        let token = SecretToken(.session, using: &chance)
        let session = NewSession(
            tokenHash: token.hash, createdAt: now, expiresAt: SessionRules.expiry(usedAt: now), network: network,
            client: client)
        return (token, session)
    }

    private func reply(
        _ token: SecretToken, _ session: NewSession, _ account: Account
    ) throws -> AccountsAPI.Session {
        let now = session.createdAt
        return AccountsAPI.Session(
            token: token.text, expiresAt: session.expiresAt.rfc3339,
            account: AccountsAPI.Account(account, plan: try plan(account.term.plan(at: now), at: now)))
    }
}
