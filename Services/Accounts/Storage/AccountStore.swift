package import Calendar
import GRDB
import Mail
package import Storage

/// Accounts and what they log in with.
package struct AccountStore: Sendable {
    let store: Store

    /// The accounts in `store`.
    package init(_ store: Store) {
        self.store = store
    }

    /// Whether a network may register no more accounts today.
    package func isCeilingReached(_ network: NetworkPrefix?, ceiling: Int, at now: UTCInstant) throws -> Bool {
        guard let network else { return false }
        return try store.read { database in
            try NetworkDays(database, on: now.date).registrations(network) >= ceiling
        }
    }

    /// Makes an account and its first session, lets the guest's opened pages come along and writes the mail, in one act.
    ///
    /// An address that somebody else has registered before makes an account all the same: whose the address is, is
    /// settled by who verifies it.
    ///
    /// - Throws: `AccountError.registrationCeiling`; `StorageError`.
    package func register(_ new: Registration) async throws {
        try await store.writer.write { database in
            let now = new.account.createdAt
            let networkDays = NetworkDays(database, on: now.date)
            if let network = new.network {
                guard try networkDays.registrations(network) < new.networkCeiling else {
                    throw AccountError.registrationCeiling(resetsAt: UTCInstant(startOf: now.date.next))
                }
                try networkDays.countRegistration(network)
            }
            let rows = AccountRows(database)
            try rows.insert(new.account, new.address, passwordHash: new.passwordHash)
            let owner = try rows.owner(of: new.address)
            if owner == nil { try rows.setOwner(of: new.address, new.account.id) }
            try SessionRows(database).insert(new.session, account: new.account.id)
            if let guest = new.guest {
                try GuestMerge(guest: guest, account: new.account.id, now: now).perform(database)
            }
            try MailedTokenRows(database).insert(
                new.tokenHash, account: new.account.id, address: new.address,
                expiresAt: now.adding(seconds: MailedToken.verificationLifetime))
            let isTaken = owner?.isEmailVerified ?? false
            try Outbox.enter(isTaken ? new.notice : new.verification, at: now.seconds, in: database)
            try AuditRows(database).enter(
                AuditEntry(
                    at: now, actor: "a:\(new.account.id.text)", act: .registered, target: "a:\(new.account.id.text)"))
        }
    }

    /// An account.
    package func account(_ id: AccountID) throws -> Account? {
        try store.read { database in try AccountRows(database).account(id) }
    }

    /// What an account wants to be called.
    package func setDisplayName(_ name: String, of account: AccountID, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            try AccountRows(database).setDisplayName(name, of: account)
            try Self.audit(.nameChanged, account, at: now, database)
        }
    }

    /// The account that logs in with an address, with its secrets.
    package func credentials(of address: EmailAddress) throws -> Credentials? {
        try store.read { database in try AccountRows(database).credentials(of: address) }
    }

    /// The same by its id.
    package func credentials(of id: AccountID) throws -> Credentials? {
        try store.read { database in try AccountRows(database).credentials(of: id) }
    }

    /// Makes a session; with `newHash` the password's hash is replaced in the same act.
    ///
    /// - Parameter factor: what the second factor showed; used up in the same act.
    /// - Throws: `AccountError.wrongCode` when another call used it up first; `StorageError`.
    package func logIn(
        _ account: AccountID, session: NewSession, newHash: String?, factor: UsedFactor
    ) async throws {
        try await store.writer.write { database in
            try SecondFactorRows(database, account).use(factor, at: session.createdAt)
            try SessionRows(database).insert(session, account: account)
            if let newHash { try AccountRows(database).setPassword(newHash, of: account) }
        }
    }

    /// The same password hashed with today's parameters.
    package func replaceHash(_ hash: String, of account: AccountID) async throws {
        try await store.writer.write { database in try AccountRows(database).setPassword(hash, of: account) }
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

    /// Forgets what is over: the networks of earlier days, mailed tokens, mail that ended before `mailEnd`.
    package func forget(before now: UTCInstant, mailEndedBefore mailEnd: UTCInstant) async throws {
        try await store.writer.write { database in
            try NetworkDays(database, on: now.date).forgetEarlier()
            try MailedTokenRows(database).deleteExpired(at: now)
            try InvitationRows(database).deleteExpired(at: now)
            try Outbox.forget(endedBefore: mailEnd.seconds, in: database)
        }
    }
}
