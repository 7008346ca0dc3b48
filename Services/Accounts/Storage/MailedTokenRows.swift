import Calendar
import GRDB
import Storage

/// The statements of the tokens that were mailed: each is used once.
struct MailedTokenRows {
    /// What a token was made for.
    struct Found {
        let account: AccountID
        let address: EmailAddress
    }

    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func insert(_ hash: [UInt8], account: AccountID, address: EmailAddress, expiresAt: UTCInstant) throws {
        try database.run(
            """
            INSERT INTO mailed_tokens (token_hash, account, email, email_canonical, expires_at) VALUES (?, ?, ?, ?, ?)
            """,
            [
                .blob(hash), .text(account.text), .text(address.text), .text(address.canonical),
                .integer(expiresAt.seconds),
            ])
    }

    /// What a token is for; nil when it is unknown, used or over.
    func find(_ hash: [UInt8], at now: UTCInstant) throws -> Found? {
        try database.first(
            "SELECT account, email FROM mailed_tokens WHERE token_hash = ? AND expires_at > ?",
            [.blob(hash), .integer(now.seconds)]
        ) { row in
            guard let account = AccountID(row.text(0)) else {
                throw AccountError.unreadableRow(table: "mailed_tokens")
            }
            return Found(account: account, address: try EmailAddress(row.text(1)))
        }
    }

    func delete(_ hash: [UInt8]) throws {
        try database.run("DELETE FROM mailed_tokens WHERE token_hash = ?", [.blob(hash)])
    }

    func deleteAll(of account: AccountID) throws {
        try database.run("DELETE FROM mailed_tokens WHERE account = ?", [.text(account.text)])
    }

    func deleteExpired(at now: UTCInstant) throws {
        try database.run("DELETE FROM mailed_tokens WHERE expires_at <= ?", [.integer(now.seconds)])
    }

    /// An address that waits for its verification, other than the account's own.
    func pendingEmail(of account: AccountID, at now: UTCInstant) throws -> String? {
        try database.first(
            """
            SELECT mailed_tokens.email FROM mailed_tokens JOIN accounts ON accounts.id = mailed_tokens.account
            WHERE account = ? AND expires_at > ? AND mailed_tokens.email_canonical <> accounts.email_canonical LIMIT 1
            """,
            [.text(account.text), .integer(now.seconds)]
        ) { row in row.text(0) }
    }
}
