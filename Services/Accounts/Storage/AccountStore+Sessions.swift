package import Calendar
import GRDB
import Storage

extension AccountStore {
    /// The sessions of an account that are not over, newest first.
    package func sessions(of account: AccountID, at now: UTCInstant) throws -> [SessionInfo] {
        try store.read { database in
            try SessionRows(database).sessions(of: account, at: now).map(\.info)
        }
    }

    /// Ends one session.
    ///
    /// - Throws: `AccountError.notFound`; `StorageError`.
    package func endSession(_ handle: String, of account: AccountID, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            let rows = SessionRows(database)
            let found = try rows.sessions(of: account, at: now).first { $0.info.handle == handle }
            guard let found else { throw AccountError.notFound("session") }
            try rows.delete(found.hash)
            try Self.audit(.sessionsEnded, account, "1", at: now, database)
        }
    }

    /// Ends all sessions but one (nil: all); how many there were.
    package func endSessions(
        of account: AccountID, except handle: String?, at now: UTCInstant
    ) async throws -> Int {
        try await store.writer.write { database in
            let ended = try SessionRows(database).deleteAll(of: account, except: handle)
            if ended > 0 { try Self.audit(.sessionsEnded, account, "\(ended)", at: now, database) }
            return ended
        }
    }

    /// A line of the audit log about something that an account's owner did.
    static func audit(
        _ act: AuditEntry.Act, _ account: AccountID, _ detail: String = "", at now: UTCInstant, _ database: Database
    ) throws {
        let name = "a:\(account.text)"
        try AuditRows(database).enter(AuditEntry(at: now, actor: name, act: act, target: name, detail: detail))
    }
}
