import Calendar
import GRDB
import Storage

/// The statements of the API keys.
struct KeyRows {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func insert(_ hash: [UInt8], _ key: APIKey, account: AccountID) throws {
        try database.run(
            "INSERT INTO api_keys (key_hash, account, name, scopes, created_at) VALUES (?, ?, ?, ?, ?)",
            [
                .blob(hash), .text(account.text), .text(key.name), .text(Scope.text(key.scopes)),
                .integer(key.createdAt.seconds),
            ])
    }

    func account(of hash: [UInt8]) throws -> (account: Account, scopes: [Scope], lastUsedAt: UTCInstant?)? {
        try database.first(
            """
            SELECT \(Account.columns), api_keys.scopes, api_keys.last_used_at
            FROM api_keys JOIN accounts ON accounts.id = api_keys.account WHERE key_hash = ?
            """,
            [.blob(hash)]
        ) { row in
            let next = Account.columnCount
            let used = row.isNull(next + 1) ? nil : UTCInstant(seconds: row.integer(next + 1))
            return (try Account(row), Scope.list(row.text(next)), used)
        }
    }

    func noteUse(_ hash: [UInt8], at now: UTCInstant) throws {
        try database.run(
            "UPDATE api_keys SET last_used_at = ? WHERE key_hash = ?", [.integer(now.seconds), .blob(hash)])
    }

    /// The keys of an account, newest first.
    func keys(of account: AccountID) throws -> [(hash: [UInt8], key: APIKey)] {
        try database.all(
            """
            SELECT key_hash, name, scopes, created_at, last_used_at FROM api_keys WHERE account = ?
            ORDER BY created_at DESC
            """,
            [.text(account.text)]
        ) { row in
            let hash = row.blob(0)
            let key = APIKey(
                handle: SecretToken.handle(ofHash: hash), name: row.text(1), scopes: Scope.list(row.text(2)),
                createdAt: UTCInstant(seconds: row.integer(3)),
                lastUsedAt: row.isNull(4) ? nil : UTCInstant(seconds: row.integer(4)))
            return (hash, key)
        }
    }

    func delete(_ hash: [UInt8]) throws {
        try database.run("DELETE FROM api_keys WHERE key_hash = ?", [.blob(hash)])
    }
}
