package import Calendar
import GRDB
import Mail
import Storage

extension AccountStore {
    /// Deletes an account and all that is held on it. What must stay (the ledger, the audit log, named users, accepted
    /// terms) is kept under its id, which names nobody any more.
    ///
    /// - Throws: `AccountError.unknownAccount`, `.wrongCode`, `.precondition` while others belong to an organisation of its or
    ///   a subscription runs; `StorageError`.
    package func delete(_ id: AccountID, by actor: String, factor: UsedFactor, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            guard let account = try AccountRows(database).account(id) else { throw AccountError.unknownAccount }
            try SecondFactorRows(database, id).use(factor, at: now)
            guard try !SubscriptionRows(database).isRunning(.account(id), at: now) else {
                throw AccountError.precondition("cancel your subscription first", reason: "subscription")
            }
            try Self.deleteOwned(by: id, actor, at: now, OrganisationRows(database))
            try Self.delete(account, by: actor, at: now, database)
        }
    }

    /// Deletes accounts whose address nobody verified since a moment and that nobody is logged in to; how many.
    package func deleteUnverified(madeBefore moment: UTCInstant, at now: UTCInstant, limit: Int) async throws -> Int {
        try await store.writer.write { database in
            let accounts = try database.all(
                """
                SELECT \(Account.columns) FROM accounts WHERE email_verified = 0 AND created_at < ?
                    AND NOT EXISTS (SELECT 1 FROM sessions WHERE account = accounts.id) LIMIT ?
                """,
                [.integer(moment.seconds), .integer(Int64(limit))]
            ) { row in try Account(row) }
            for account in accounts { try Self.delete(account, by: "system", at: now, database) }
            return accounts.count
        }
    }

    /// Mail to an address that is remembered, newest first.
    package func mails(to address: String) throws -> [(kind: String, at: UTCInstant, state: String)] {
        let states = ["waiting", "sent", "bounced", "failed"]
        return try store.read { database in
            try database.all(
                "SELECT kind, created_at, state FROM outbox WHERE recipient = ? ORDER BY created_at DESC",
                [.text(address)]
            ) { row in
                let state = Int(row.integer(2))
                return (
                    kind: row.text(0), at: UTCInstant(seconds: row.integer(1)),
                    state: states.indices.contains(state) ? states[state] : "unknown"
                )
            }
        }
    }

    /// Lines of the audit log after a number, about an account or about all (nil).
    package func audit(
        after number: Int64, about account: AccountID?, limit: Int
    ) throws -> [(number: Int64, entry: AuditEntry)] {
        try store.read { database in
            try AuditRows(database).entries(after: number, target: account.map { "a:\($0.text)" }, limit: limit)
        }
    }

    /// Writes a line of the audit log about something that changed nothing.
    package func note(
        _ act: AuditEntry.Act, by actor: String, about account: AccountID?, detail: String = "", at now: UTCInstant
    ) async throws {
        try await store.writer.write { database in
            try AuditRows(database).enter(
                AuditEntry(
                    at: now, actor: actor, act: act, target: account.map { "a:\($0.text)" } ?? "", detail: detail))
        }
    }

    /// Organisations that an account has to itself go with it.
    private static func deleteOwned(
        by id: AccountID, _ actor: String, at now: UTCInstant, _ rows: OrganisationRows
    ) throws {
        for membership in try rows.memberships(of: id) where membership.role == .owner {
            guard try rows.members(of: membership.organisation).count == 1 else {
                throw AccountError.precondition(
                    "hand your organisations over, or delete them, before your account", reason: "owns_organisation")
            }
            try OrganisationStore.delete(membership.organisation, by: actor, at: now, rows)
        }
    }

    private static func delete(_ account: Account, by actor: String, at now: UTCInstant, _ database: Database) throws {
        let id = Bound.text(account.id.text)
        try database.run("DELETE FROM logins WHERE account = ?", [id])
        try InvitationRows(database).deleteAll(to: EmailAddress(account.email))
        // What refers to the account goes with it: sessions, keys, tokens, codes, marks, views, searches, memberships.
        try database.run("DELETE FROM accounts WHERE id = ?", [id])
        try database.run("DELETE FROM licensed_texts WHERE account = ?", [id])
        try database.run("DELETE FROM outbox WHERE recipient = ?", [.text(account.email)])
        try AuditRows(database).enter(
            AuditEntry(at: now, actor: actor, act: .deleted, target: "a:\(account.id.text)"))
    }
}
