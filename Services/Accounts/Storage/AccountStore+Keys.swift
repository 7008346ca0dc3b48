package import Calendar
import GRDB
import Storage

extension AccountStore {
    /// Stores a new key.
    ///
    /// - Throws: `AccountError.tooManyKeys`; `StorageError`.
    package func createKey(_ hash: [UInt8], _ key: APIKey, of account: AccountID, actor: String) async throws {
        try await store.writer.write { database in
            let rows = KeyRows(database)
            guard try rows.keys(of: account).count < APIKey.limit else { throw AccountError.tooManyKeys }
            try rows.insert(hash, key, account: account)
            try AuditRows(database).enter(
                AuditEntry(
                    at: key.createdAt, actor: actor, act: .keyCreated, target: "a:\(account.text)",
                    detail: "\(key.handle) \(Scope.text(key.scopes))"))
        }
    }

    /// The keys of an account, newest first.
    package func keys(of account: AccountID) throws -> [APIKey] {
        try store.read { database in try KeyRows(database).keys(of: account).map(\.key) }
    }

    /// Revokes a key.
    ///
    /// - Throws: `AccountError.notFound`; `StorageError`.
    package func revokeKey(_ handle: String, of account: AccountID, actor: String, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            let rows = KeyRows(database)
            guard let found = try rows.keys(of: account).first(where: { $0.key.handle == handle }) else {
                throw AccountError.notFound("key")
            }
            try rows.delete(found.hash)
            try AuditRows(database).enter(
                AuditEntry(at: now, actor: actor, act: .keyRevoked, target: "a:\(account.text)", detail: handle))
        }
    }

    /// Whose a key is, and what it may do; nil when it is unknown or revoked.
    ///
    /// - Complexity: one read of two rows. Once an hour its last use is noted, without waiting for the disk.
    package func authenticateKey(
        _ hash: [UInt8], at now: UTCInstant
    ) throws -> (account: Account, scopes: [Scope])? {
        guard let found = try store.read({ database in try KeyRows(database).account(of: hash) }) else { return nil }
        if found.lastUsedAt.map({ abs(now.seconds - $0.seconds) >= APIKey.useInterval }) ?? true {
            // Losing this write costs nothing: the next call makes it again.
            store.writer.submit { database in
                try KeyRows(database).noteUse(hash, at: now)
            } completion: { _ in
            }
        }
        return (found.account, found.scopes)
    }
}
