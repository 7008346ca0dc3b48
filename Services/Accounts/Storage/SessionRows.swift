import Calendar
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
            """
            INSERT INTO sessions (token_hash, account, created_at, expires_at, network, client)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .blob(session.tokenHash), .text(account.text), .integer(session.createdAt.seconds),
                .integer(session.expiresAt.seconds), .text(session.network), .text(session.client),
            ])
    }

    func account(of tokenHash: [UInt8]) throws -> (account: Account, expiresAt: UTCInstant)? {
        try database.first(
            """
            SELECT \(Account.columns), sessions.expires_at
            FROM sessions JOIN accounts ON accounts.id = sessions.account WHERE token_hash = ?
            """,
            [.blob(tokenHash)]
        ) { row in (try Account(row), UTCInstant(seconds: row.integer(Account.columnCount))) }
    }

    func extend(_ tokenHash: [UInt8], to expiry: UTCInstant) throws {
        try database.run(
            "UPDATE sessions SET expires_at = ? WHERE token_hash = ?", [.integer(expiry.seconds), .blob(tokenHash)])
    }

    func delete(_ tokenHash: [UInt8]) throws {
        try database.run("DELETE FROM sessions WHERE token_hash = ?", [.blob(tokenHash)])
    }

    /// The sessions of an account that are not over, newest first.
    func sessions(of account: AccountID, at now: UTCInstant) throws -> [(hash: [UInt8], info: SessionInfo)] {
        try database.all(
            """
            SELECT token_hash, created_at, expires_at, network, client FROM sessions
            WHERE account = ? AND expires_at > ? ORDER BY created_at DESC LIMIT 200
            """,
            [.text(account.text), .integer(now.seconds)]
        ) { row in
            let hash = row.blob(0)
            let info = SessionInfo(
                handle: SecretToken.handle(ofHash: hash), createdAt: UTCInstant(seconds: row.integer(1)),
                expiresAt: UTCInstant(seconds: row.integer(2)), network: row.text(3), client: row.text(4))
            return (hash, info)
        }
    }

    /// Ends all sessions of an account but one; how many there were.
    func deleteAll(of account: AccountID, except handle: String? = nil) throws -> Int {
        let hashes = try database.all("SELECT token_hash FROM sessions WHERE account = ?", [.text(account.text)]) {
            row in row.blob(0)
        }
        var ended = 0
        for hash in hashes where SecretToken.handle(ofHash: hash) != handle {
            try delete(hash)
            ended += 1
        }
        return ended
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
