import Calendar
package import Contracts
package import RPC

extension MeHandler {
    /// The caller's sessions; see the contract.
    package func listSessions(
        _ request: MeAPI.ListSessionsRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.SessionList {
        try await answering(context, .session) { caller in
            let sessions = try base.accounts.sessions(of: caller.account.id, at: caller.now)
            return MeAPI.SessionList(
                sessions: sessions.map { session in
                    MeAPI.SessionInfo(
                        id: session.handle, createdAt: session.createdAt.rfc3339,
                        expiresAt: session.expiresAt.rfc3339, current: session.handle == caller.session,
                        network: session.network, client: session.client)
                })
        }
    }

    /// Ends one session; see the contract.
    package func endSession(
        _ request: MeAPI.EndSessionRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.EndSessionsReply {
        try await answering(context, .session) { caller in
            try await base.accounts.endSession(request.id, of: caller.account.id, at: caller.now)
            return MeAPI.EndSessionsReply(ended: 1)
        }
    }

    /// Ends all sessions but the one that asks; see the contract.
    package func endOtherSessions(
        _ request: MeAPI.EndOtherSessionsRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.EndSessionsReply {
        try await answering(context, .session) { caller in
            let ended = try await base.accounts.endSessions(
                of: caller.account.id, except: caller.session, at: caller.now)
            return MeAPI.EndSessionsReply(ended: UInt32(clamping: ended))
        }
    }

    /// A new API key; see the contract.
    package func createKey(
        _ request: MeAPI.CreateKeyRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.NewKey {
        try await answering(context, .session) { caller in
            let name = try DisplayName(request.name, field: "name", limit: APIKey.nameLimit)
            let scopes = try request.scopes.map { word in
                guard let scope = Scope(rawValue: word) else {
                    let words = Scope.allCases.map(\.rawValue).joined(separator: ", ")
                    throw InvalidField("scopes", "a scope is one of \(words)")
                }
                return scope
            }
            guard !scopes.isEmpty else { throw InvalidField("scopes", "say what the key may do") }
            var chance = SystemRandomNumberGenerator()
            let secret = SecretToken(.apiKey, using: &chance)
            let key = APIKey(
                handle: secret.handle, name: name.text, scopes: Scope.list(Scope.text(scopes)),
                createdAt: caller.now, lastUsedAt: nil)
            try await base.accounts.createKey(secret.hash, key, of: caller.account.id, actor: caller.actor)
            return MeAPI.NewKey(secret: secret.text, key: MeAPI.Key(key))
        }
    }

    /// The caller's keys; see the contract.
    package func listKeys(
        _ request: MeAPI.ListKeysRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.KeyList {
        try await answering(context, .session) { caller in
            MeAPI.KeyList(keys: try base.accounts.keys(of: caller.account.id).map(MeAPI.Key.init))
        }
    }

    /// Revokes a key; see the contract.
    package func revokeKey(
        _ request: MeAPI.RevokeKeyRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.RevokeKeyReply {
        try await answering(context, .session) { caller in
            try await base.accounts.revokeKey(
                request.id, of: caller.account.id, actor: caller.actor, at: caller.now)
            return MeAPI.RevokeKeyReply()
        }
    }
}

extension MeAPI.Key {
    init(_ key: APIKey) {
        self.init(
            id: key.handle, name: key.name, scopes: key.scopes.map(\.rawValue), createdAt: key.createdAt.rfc3339,
            lastUsedAt: key.lastUsedAt?.rfc3339 ?? "")
    }
}
