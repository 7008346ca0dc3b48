package import Calendar
import GRDB
import Storage

extension LicenceStore {
    /// The terms in force; nil: none are published.
    package func terms(of system: String) throws -> (version: String, text: String, publishedAt: UTCInstant)? {
        try store.read { database in try LicenceRows(database).terms(of: system) }
    }

    /// Accepts a version, once.
    ///
    /// - Throws: `AccountError.notFound` without terms; `.precondition` when another version is in force.
    package func accept(_ version: String, of system: String, by account: AccountID, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            let rows = LicenceRows(database)
            guard let terms = try rows.terms(of: system) else { throw AccountError.notFound("terms") }
            guard terms.version == version else {
                throw AccountError.precondition("read and accept version \(terms.version)", reason: "other_version")
            }
            guard try !rows.hasAccepted(account, version, of: system) else { return }
            try rows.accept(account, version, of: system, at: now)
            let name = "a:\(account.text)"
            try AuditRows(database).enter(
                AuditEntry(at: now, actor: name, act: .termsAccepted, target: name, detail: "\(system) \(version)"))
        }
    }

    /// What an account has accepted.
    package func acceptances(
        of account: AccountID
    ) throws -> [(system: String, version: String, at: UTCInstant)] {
        try store.read { database in
            try database.all(
                "SELECT system, version, at FROM acceptances WHERE account = ? ORDER BY at", [.text(account.text)]
            ) { row in (system: row.text(0), version: row.text(1), at: UTCInstant(seconds: row.integer(2))) }
        }
    }

    /// All licences.
    package func all() throws -> [Licence] {
        try store.read { database in try LicenceRows(database).licences(of: nil) }
    }

    /// Adds a licence.
    package func add(_ licence: Licence, by actor: String, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            try LicenceRows(database).insert(licence)
            try AuditRows(database).enter(
                AuditEntry(at: now, actor: actor, act: .licenceAdded, target: licence.id, detail: licence.system))
        }
    }

    /// The lapse switch.
    ///
    /// - Throws: `AccountError.notFound`; `StorageError`.
    package func setWithdrawn(_ isWithdrawn: Bool, _ id: String, by actor: String, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            guard try LicenceRows(database).setWithdrawn(id, at: isWithdrawn ? now : nil) else {
                throw AccountError.notFound("licence")
            }
            try AuditRows(database).enter(
                AuditEntry(
                    at: now, actor: actor, act: .licenceWithdrawn, target: id, detail: isWithdrawn ? "off" : "on"))
        }
    }

    /// Publishes a version of the terms.
    ///
    /// - Throws: `AccountError.exists` when there is one of this name; `StorageError`.
    package func publish(
        _ version: String, _ text: String, of system: String, by actor: String, at now: UTCInstant
    ) async throws {
        try await store.writer.write { database in
            guard try LicenceRows(database).publish(version, text, of: system, at: now) else {
                throw AccountError.exists("version of the terms")
            }
            try AuditRows(database).enter(
                AuditEntry(at: now, actor: actor, act: .termsPublished, target: system, detail: version))
        }
    }

    /// The named users of a year, the first one first.
    package func namedUsers(of system: String, in year: Int64) throws -> [NamedUser] {
        try store.read { database in
            try database.all(
                """
                SELECT named_users.licence, licensee, number, account, at, organisation
                FROM named_users LEFT JOIN licences ON licences.id = named_users.licence
                WHERE named_users.system = ? AND year = ? ORDER BY at, account
                """,
                [.text(system), .integer(year)], limit: 1_000_000
            ) { row in
                NamedUser(
                    licence: row.text(0), licensee: row.text(1), number: row.text(2), account: row.text(3),
                    at: UTCInstant(seconds: row.integer(4)), organisation: row.text(5))
            }
        }
    }
}
