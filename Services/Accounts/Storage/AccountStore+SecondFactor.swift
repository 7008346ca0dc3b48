package import Calendar
import GRDB
package import Mail
import Storage

extension AccountStore {
    /// A secret that counts once a code of it was confirmed.
    package func startSecondFactor(_ secret: [UInt8], of account: AccountID) async throws {
        try await store.writer.write { database in
            try SecondFactorRows(database, account).setPending(secret)
        }
    }

    /// The secret that waits for its first code; empty: none.
    package func pendingSecret(of account: AccountID) throws -> [UInt8] {
        try store.read { database in try SecondFactorRows(database, account).pending() }
    }

    /// The waiting secret counts from now on.
    ///
    /// - Throws: `AccountError.wrongCode` when none waits any more; `StorageError`.
    package func confirmSecondFactor(
        of account: AccountID, step: Int64, recovery: [[UInt8]], notice: MailMessage, at now: UTCInstant
    ) async throws {
        try await store.writer.write { database in
            try SecondFactorRows(database, account).confirm(step: step, recovery: recovery)
            try Self.audit(.secondFactorOn, account, at: now, database)
            try Outbox.enter(notice, at: now.seconds, in: database)
        }
    }

    /// Turns the second factor off, using up the code that allowed it.
    ///
    /// - Throws: `AccountError.wrongCode`; `StorageError`.
    package func endSecondFactor(
        of account: AccountID, factor: UsedFactor, notice: MailMessage, at now: UTCInstant
    ) async throws {
        try await store.writer.write { database in
            let rows = SecondFactorRows(database, account)
            try rows.use(factor, at: now)
            try rows.end()
            try Self.audit(.secondFactorOff, account, at: now, database)
            try Outbox.enter(notice, at: now.seconds, in: database)
        }
    }

    /// Whether a recovery code is there to be used.
    package func hasRecovery(_ hash: [UInt8], of account: AccountID) throws -> Bool {
        try store.read { database in try SecondFactorRows(database, account).hasRecovery(hash) }
    }
}
