import GRDB
package import Storage

/// Accounts and their sessions.
package struct AccountStore: Sendable {
    private let store: Store

    /// The accounts in `store`.
    package init(_ store: Store) {
        self.store = store
    }

    /// Whether an address has an account.
    package func isTaken(_ address: EmailAddress) throws -> Bool {
        try store.read { database in
            try database.first("SELECT 1 FROM accounts WHERE email_canonical = ?", [.text(address.canonical)]) { _ in
                true
            } ?? false
        }
    }

    /// Makes an account and its first session, and lets the guest's opened pages come along, in one act.
    ///
    /// - Throws: `AccountError.addressTaken`; `StorageError`.
    package func register(
        _ account: Account, canonicalEmail: String, passwordHash: String, session: NewSession, guest: GuestID?
    ) async throws {
        try await store.writer.write { database in
            let taken = try database.first(
                "SELECT 1 FROM accounts WHERE email_canonical = ?", [.text(canonicalEmail)]
            ) { _ in true }
            guard taken == nil else { throw AccountError.addressTaken }
            try database.run(
                """
                INSERT INTO accounts (id, email, email_canonical, password_hash, plan, email_verified, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(account.id.text), .text(account.email), .text(canonicalEmail), .text(passwordHash),
                    .text(account.plan.text), .integer(account.isEmailVerified ? 1 : 0),
                    .integer(account.createdAt.seconds),
                ])
            try SessionRows(database).insert(session, account: account.id)
            if let guest { try GuestMerge(guest: guest, account: account.id, now: account.createdAt).perform(database) }
        }
    }

    /// The account of an address, with the hash of its password.
    package func credentials(of address: EmailAddress) throws -> (account: Account, passwordHash: String)? {
        try store.read { database in
            try database.first(
                "SELECT id, email, plan, email_verified, created_at, password_hash FROM accounts "
                    + "WHERE email_canonical = ?", [.text(address.canonical)]
            ) { row in (try Account(row), row.text(5)) }
        }
    }

    /// Makes a session; with `newHash` the password's hash is replaced in the same act.
    package func logIn(_ account: AccountID, session: NewSession, newHash: String?) async throws {
        try await store.writer.write { database in
            try SessionRows(database).insert(session, account: account)
            guard let newHash else { return }
            try database.run(
                "UPDATE accounts SET password_hash = ? WHERE id = ?", [.text(newHash), .text(account.text)])
        }
    }

    /// Ends a session; nothing happens when there is none.
    package func logOut(_ tokenHash: [UInt8]) async throws {
        let isThere = try store.read { database in try SessionRows(database).account(of: tokenHash) != nil }
        guard isThere else { return }
        try await store.writer.write { database in try SessionRows(database).delete(tokenHash) }
    }

    /// Whose a session is; nil when it is unknown, ended or expired.
    ///
    /// - Complexity: one read of two rows. Once a day the session's end is moved, without waiting for the disk.
    package func authenticate(_ tokenHash: [UInt8], at now: UTCInstant) throws -> Account? {
        let found = try store.read { database in try SessionRows(database).account(of: tokenHash) }
        guard let found, now < found.expiresAt else { return nil }
        if SessionRules.needsRefresh(expiresAt: found.expiresAt, now: now) {
            // Losing this write costs nothing: the next call makes it again.
            store.writer.submit { database in
                try SessionRows(database).extend(tokenHash, to: SessionRules.expiry(usedAt: now))
            } completion: { _ in
            }
        }
        return found.account
    }

    /// Deletes sessions that are over, at most `limit` of them; how many there were.
    package func deleteExpiredSessions(at now: UTCInstant, limit: Int) async throws -> Int {
        try await store.writer.write { database in try SessionRows(database).deleteExpired(at: now, limit: limit) }
    }

    /// Forgets the networks of earlier days.
    package func forgetNetworks(before now: UTCInstant) async throws {
        try await store.writer.write { database in try NetworkDays(database, on: now.date).forgetEarlier() }
    }
}
