package import Calendar
import GRDB
import Storage

extension AccountStore {
    /// Accounts whose address begins with a text, newest first, at most `limit`.
    package func find(_ prefix: String, limit: Int) throws -> [Account] {
        try store.read { database in
            // A range instead of LIKE: the index is used, and no character has a meaning of its own.
            try database.all(
                """
                SELECT \(Account.columns) FROM accounts
                WHERE email_canonical >= ?1 AND email_canonical < ?1 || char(1114111)
                ORDER BY created_at DESC LIMIT ?2
                """,
                [.text(prefix), .integer(Int64(limit))]
            ) { row in try Account(row) }
        }
    }

    /// Makes an account whose address counts as verified.
    ///
    /// - Throws: `AccountError.exists` when the address is verified by an account; `StorageError`.
    package func make(
        _ account: Account, _ address: EmailAddress, passwordHash: String, by actor: String
    ) async throws {
        try await store.writer.write { database in
            let rows = AccountRows(database)
            let owner = try rows.owner(of: address)
            guard owner?.isEmailVerified != true else { throw AccountError.exists("address") }
            if let owner { _ = try SessionRows(database).deleteAll(of: owner.id) }
            try rows.insert(account, address, passwordHash: passwordHash)
            try rows.setOwner(of: address, account.id)
            try Self.audit(
                .accountMade, account.id, Role.text(account.roles), by: actor, at: account.createdAt, database)
        }
    }

    /// Suspends an account and ends its sessions, or lifts that.
    package func setSuspended(
        _ isSuspended: Bool, _ id: AccountID, reason: String, by actor: String, at now: UTCInstant
    ) async throws -> Account {
        try await change(id) { database in
            try database.run(
                "UPDATE accounts SET suspended_at = ? WHERE id = ?",
                [isSuspended ? .integer(now.seconds) : .null, .text(id.text)])
            if isSuspended { _ = try SessionRows(database).deleteAll(of: id) }
            try Self.audit(isSuspended ? .suspended : .restored, id, reason, by: actor, at: now, database)
        }
    }

    /// Gives an account these roles and no others.
    package func setRoles(
        _ roles: [Role], _ id: AccountID, by actor: String, at now: UTCInstant
    ) async throws -> Account {
        try await change(id) { database in
            try database.run(
                "UPDATE accounts SET roles = ? WHERE id = ?", [.text(Role.text(roles)), .text(id.text)])
            try Self.audit(.rolesChanged, id, Role.text(roles), by: actor, at: now, database)
        }
    }

    /// Puts an account on a plan.
    package func setTerm(
        _ term: PlanTerm, _ id: AccountID, reason: String, by actor: String, at now: UTCInstant
    ) async throws -> Account {
        try await change(id) { database in
            try AccountRows(database).setTerm(term, of: id)
            let end = term.until.map { " until \($0.date), then \((term.next ?? .free).text)" } ?? ""
            try Self.audit(.planChanged, id, "\(term.plan.text)\(end): \(reason)", by: actor, at: now, database)
        }
    }

    /// Adds a version of a plan.
    ///
    /// - Throws: `AccountError.exists` for the same plan and day; `StorageError`.
    package func addPlanVersion(_ version: PlanVersion, by actor: String, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            let key: [Bound] = [.text(version.name.text), .text(version.effective.description)]
            try database.run(
                """
                INSERT INTO plan_versions (plan, effective_date, open_blocks) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
                """,
                key + [.text(version.openBlocks.joined(separator: ","))])
            guard database.changesCount == 1 else { throw AccountError.exists("version of the plan") }
            for allowance in version.allowances {
                try database.run(
                    #"INSERT INTO allowances (plan, effective_date, feature, "limit", period) VALUES (?, ?, ?, ?, ?)"#,
                    key + [
                        .text(allowance.feature.rawValue), allowance.limit.map { .integer(Int64($0)) } ?? .null,
                        .text(allowance.period.rawValue),
                    ])
            }
            try AuditRows(database).enter(
                AuditEntry(
                    at: now, actor: actor, act: .planVersionAdded, target: version.name.text,
                    detail: version.effective.description))
        }
    }

    private func change(_ id: AccountID, _ body: @escaping @Sendable (Database) throws -> Void) async throws -> Account
    {
        try await store.writer.write { database in
            guard try AccountRows(database).account(id) != nil else { throw AccountError.unknownAccount }
            try body(database)
            guard let changed = try AccountRows(database).account(id) else { throw AccountError.unknownAccount }
            return changed
        }
    }

    private static func audit(
        _ act: AuditEntry.Act, _ id: AccountID, _ detail: String, by actor: String, at now: UTCInstant,
        _ database: Database
    ) throws {
        try AuditRows(database).enter(
            AuditEntry(at: now, actor: actor, act: act, target: "a:\(id.text)", detail: detail))
    }
}
