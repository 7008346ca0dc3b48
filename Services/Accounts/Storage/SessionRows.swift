import GRDB
import Storage

/// The statements of the sessions.
struct SessionRows {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func insert(_ session: NewSession, account: AccountID) throws {
        try database.run(
            "INSERT INTO sessions (token_hash, account, created_at, expires_at) VALUES (?, ?, ?, ?)",
            [
                .blob(session.tokenHash), .text(account.text), .integer(session.createdAt.seconds),
                .integer(session.expiresAt.seconds),
            ])
    }

    func account(of tokenHash: [UInt8]) throws -> (account: Account, expiresAt: UTCInstant)? {
        try database.first(
            """
            SELECT id, email, plan, email_verified, accounts.created_at, expires_at
            FROM sessions JOIN accounts ON accounts.id = sessions.account WHERE token_hash = ?
            """,
            [.blob(tokenHash)]
        ) { row in (try Account(row), UTCInstant(seconds: row.integer(5))) }
    }

    func extend(_ tokenHash: [UInt8], to expiry: UTCInstant) throws {
        try database.run(
            "UPDATE sessions SET expires_at = ? WHERE token_hash = ?", [.integer(expiry.seconds), .blob(tokenHash)])
    }

    func delete(_ tokenHash: [UInt8]) throws {
        try database.run("DELETE FROM sessions WHERE token_hash = ?", [.blob(tokenHash)])
    }

    func deleteExpired(at now: UTCInstant, limit: Int) throws -> Int {
        try database.run(
            """
            DELETE FROM sessions WHERE token_hash IN
                (SELECT token_hash FROM sessions WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)
            """,
            [.integer(now.seconds), .integer(Int64(limit))])
        return database.changesCount
    }
}
