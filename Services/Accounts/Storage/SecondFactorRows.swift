import Calendar
import GRDB
import Storage

/// The statements of an account's second factor.
struct SecondFactorRows {
    private let database: Database
    private let id: AccountID

    init(_ database: Database, _ account: AccountID) {
        self.database = database
        id = account
    }

    /// Uses up what was shown. In the writer, so that of two calls with the same code one fails.
    ///
    /// - Throws: `AccountError.wrongCode` when it is used up already.
    func use(_ factor: UsedFactor, at now: UTCInstant) throws {
        switch factor {
        case .none: return
        case .code(let step):
            try database.run(
                "UPDATE accounts SET totp_step = ?1 WHERE id = ?2 AND totp_step < ?1",
                [.integer(step), .text(id.text)])
            guard database.changesCount == 1 else { throw AccountError.wrongCode }
        case .recovery(let hash):
            try database.run(
                "DELETE FROM recovery_codes WHERE account = ? AND code_hash = ?", [.text(id.text), .blob(hash)])
            guard database.changesCount == 1 else { throw AccountError.wrongCode }
            try AuditRows(database).enter(
                AuditEntry(at: now, actor: "a:\(id.text)", act: .recoveryCodeUsed, target: "a:\(id.text)"))
        }
    }

    /// Whether a recovery code is there to be used.
    func hasRecovery(_ hash: [UInt8]) throws -> Bool {
        try database.first(
            "SELECT 1 FROM recovery_codes WHERE account = ? AND code_hash = ?", [.text(id.text), .blob(hash)]
        ) { _ in true } ?? false
    }

    /// A secret that waits for its first code.
    func setPending(_ secret: [UInt8]) throws {
        try database.run("UPDATE accounts SET totp_pending = ? WHERE id = ?", [.blob(secret), .text(id.text)])
    }

    /// The secret that waits; empty: none.
    func pending() throws -> [UInt8] {
        try database.first("SELECT totp_pending FROM accounts WHERE id = ?", [.text(id.text)]) { $0.blob(0) } ?? []
    }

    /// The waiting secret counts from now on, with these recovery codes and no others.
    func confirm(step: Int64, recovery: [[UInt8]]) throws {
        try database.run(
            """
            UPDATE accounts SET totp_secret = totp_pending, totp_pending = NULL, totp_step = ?
            WHERE id = ? AND totp_pending IS NOT NULL
            """,
            [.integer(step), .text(id.text)])
        guard database.changesCount == 1 else { throw AccountError.wrongCode }
        try deleteRecovery()
        for hash in recovery {
            try database.run(
                "INSERT INTO recovery_codes (account, code_hash) VALUES (?, ?)", [.text(id.text), .blob(hash)])
        }
    }

    /// No second factor any more.
    func end() throws {
        try database.run(
            "UPDATE accounts SET totp_secret = NULL, totp_pending = NULL WHERE id = ?", [.text(id.text)])
        try deleteRecovery()
    }

    private func deleteRecovery() throws {
        try database.run("DELETE FROM recovery_codes WHERE account = ?", [.text(id.text)])
    }
}
