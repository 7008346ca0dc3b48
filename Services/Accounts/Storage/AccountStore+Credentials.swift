package import Calendar
import GRDB
package import Mail
import Storage

extension AccountStore {
    /// Writes a token for an address, and the mail that carries it.
    ///
    /// - Throws: `AccountError.mailedRecently` when the same kind of mail went to the address a moment ago.
    package func mailToken(
        _ hash: [UInt8], account: AccountID, address: EmailAddress, lifetime: Int64, _ message: MailMessage,
        notice: MailMessage? = nil, at now: UTCInstant
    ) async throws {
        try await store.writer.write { database in
            try Self.mailToken(
                hash, account: account, address: address, lifetime: lifetime, message, notice: notice, at: now, database
            )
        }
    }

    /// The same without waiting for the disk, and without telling how it went.
    package func submitToken(
        _ hash: [UInt8], account: AccountID, address: EmailAddress, lifetime: Int64, _ message: MailMessage,
        at now: UTCInstant
    ) {
        store.writer.submit { database in
            try Self.mailToken(
                hash, account: account, address: address, lifetime: lifetime, message, notice: nil, at: now, database)
        } completion: { _ in
        }
    }

    /// Writes a mail that tells somebody something.
    package func mail(_ message: MailMessage, at now: UTCInstant) async throws {
        try await store.writer.write { database in try Outbox.enter(message, at: now.seconds, in: database) }
    }

    /// Uses up a token that was mailed to an address: the address is the account's from now on. Whoever registered it
    /// without proof loses it.
    ///
    /// - Throws: `AccountError.unknownToken`, also when the address has become somebody else's meanwhile.
    package func verifyEmail(_ hash: [UInt8], changing: Bool, at now: UTCInstant) async throws -> Account {
        try await store.writer.write { database in
            let tokens = MailedTokenRows(database)
            let rows = AccountRows(database)
            guard let found = try tokens.find(hash, at: now), let account = try rows.account(found.account) else {
                throw AccountError.unknownToken
            }
            // A link for an address that the account has left since.
            let own = try EmailAddress(account.email)
            guard changing || own.canonical == found.address.canonical else { throw AccountError.unknownToken }
            let owner = try rows.owner(of: found.address)
            guard owner == nil || owner?.id == account.id || owner?.isEmailVerified == false else {
                throw AccountError.unknownToken
            }
            if let loser = owner, loser.id != account.id { _ = try SessionRows(database).deleteAll(of: loser.id) }
            try rows.setOwner(of: found.address, account.id)
            try rows.setVerified(account.id, found.address)
            try tokens.delete(hash)
            try Self.audit(changing ? .emailChanged : .emailVerified, account.id, at: now, database)
            guard let changed = try rows.account(account.id) else { throw AccountError.unknownAccount }
            return changed
        }
    }

    /// What a token was mailed for; nil when it is unknown, used or over.
    package func owner(ofToken hash: [UInt8], at now: UTCInstant) throws -> (id: AccountID, address: EmailAddress)? {
        try store.read { database in
            try MailedTokenRows(database).find(hash, at: now).map { ($0.account, $0.address) }
        }
    }

    /// Uses up a token, sets the password, ends all sessions and revokes all keys; the address was reached, so it is
    /// verified.
    ///
    /// - Throws: `AccountError.unknownToken`; `StorageError`.
    package func resetPassword(
        _ hash: [UInt8], passwordHash: String, notice: MailMessage, at now: UTCInstant
    ) async throws {
        try await store.writer.write { database in
            let tokens = MailedTokenRows(database)
            let rows = AccountRows(database)
            guard let found = try tokens.find(hash, at: now), let account = try rows.account(found.account),
                try EmailAddress(account.email).canonical == found.address.canonical,
                try rows.owner(of: found.address)?.id == account.id
            else { throw AccountError.unknownToken }
            try tokens.deleteAll(of: account.id)
            try rows.setPassword(passwordHash, of: account.id)
            try rows.setVerified(account.id, found.address)
            // Whoever registered an address that was not theirs leaves no way back into the account.
            if !account.isEmailVerified { try SecondFactorRows(database, account.id).end() }
            for key in try KeyRows(database).keys(of: account.id) { try KeyRows(database).delete(key.hash) }
            _ = try SessionRows(database).deleteAll(of: account.id)
            try Self.audit(.passwordReset, account.id, at: now, database)
            try Outbox.enter(notice, at: now.seconds, in: database)
        }
    }

    /// Sets another password and ends the other sessions.
    package func changePassword(
        of account: AccountID, passwordHash: String, keeping session: String?, notice: MailMessage, at now: UTCInstant
    ) async throws {
        try await store.writer.write { database in
            try AccountRows(database).setPassword(passwordHash, of: account)
            try MailedTokenRows(database).deleteAll(of: account)
            _ = try SessionRows(database).deleteAll(of: account, except: session)
            try Self.audit(.passwordChanged, account, at: now, database)
            try Outbox.enter(notice, at: now.seconds, in: database)
        }
    }

    /// An address that waits for its verification, other than the account's own; nil: none.
    package func pendingEmail(of account: AccountID, at now: UTCInstant) throws -> String? {
        try store.read { database in try MailedTokenRows(database).pendingEmail(of: account, at: now) }
    }

    private static func mailToken(
        _ hash: [UInt8], account: AccountID, address: EmailAddress, lifetime: Int64, _ message: MailMessage,
        notice: MailMessage?, at now: UTCInstant, _ database: Database
    ) throws {
        if let last = try Outbox.lastEntered(message.kind, to: message.recipient, in: database),
            now.seconds - last < MailedToken.interval, now.seconds >= last
        {
            throw AccountError.mailedRecently(seconds: MailedToken.interval - (now.seconds - last))
        }
        try MailedTokenRows(database).insert(
            hash, account: account, address: address, expiresAt: now.adding(seconds: lifetime))
        try Outbox.enter(message, at: now.seconds, in: database)
        if let notice { try Outbox.enter(notice, at: now.seconds, in: database) }
    }
}
