import Calendar
import GRDB
import Storage

/// The statements of the accounts.
struct AccountRows {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func insert(_ account: Account, _ address: EmailAddress, passwordHash: String) throws {
        try database.run(
            """
            INSERT INTO accounts
                (id, email, email_canonical, password_hash, plan, email_verified, created_at, roles)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(account.id.text), .text(address.text), .text(address.canonical), .text(passwordHash),
                .text(account.term.plan.text), .integer(account.isEmailVerified ? 1 : 0),
                .integer(account.createdAt.seconds), .text(Role.text(account.roles)),
            ])
    }

    func account(_ id: AccountID) throws -> Account? {
        try database.first("SELECT \(Account.columns) FROM accounts WHERE id = ?", [.text(id.text)]) { row in
            try Account(row)
        }
    }

    /// Who logs in with an address.
    func owner(of address: EmailAddress) throws -> Account? {
        try database.first(
            """
            SELECT \(Account.columns) FROM logins JOIN accounts ON accounts.id = logins.account
            WHERE logins.email_canonical = ?
            """,
            [.text(address.canonical)]
        ) { row in try Account(row) }
    }

    /// From now on this account logs in with the address, and no other.
    func setOwner(of address: EmailAddress, _ account: AccountID) throws {
        try database.run("DELETE FROM logins WHERE account = ?", [.text(account.text)])
        try database.run(
            """
            INSERT INTO logins (email_canonical, account) VALUES (?, ?)
            ON CONFLICT DO UPDATE SET account = excluded.account
            """,
            [.text(address.canonical), .text(account.text)])
    }

    func credentials(of address: EmailAddress) throws -> Credentials? {
        try database.first(
            """
            SELECT \(Account.columns), password_hash, totp_secret, totp_step
            FROM logins JOIN accounts ON accounts.id = logins.account WHERE logins.email_canonical = ?
            """,
            [.text(address.canonical)], Self.credentials)
    }

    func credentials(of id: AccountID) throws -> Credentials? {
        try database.first(
            "SELECT \(Account.columns), password_hash, totp_secret, totp_step FROM accounts WHERE id = ?",
            [.text(id.text)], Self.credentials)
    }

    func setPassword(_ hash: String, of account: AccountID) throws {
        try database.run(
            "UPDATE accounts SET password_hash = ? WHERE id = ?", [.text(hash), .text(account.text)])
    }

    /// The account's own plan; what an organisation pays for stays.
    func setTerm(_ term: PlanTerm, of account: AccountID) throws {
        try database.run(
            "UPDATE accounts SET plan = ?, plan_until = ?, next_plan = ? WHERE id = ?",
            [
                .text(term.plan.text), term.until.map { .integer($0.seconds) } ?? .null,
                term.next.map { .text($0.text) } ?? .null, .text(account.text),
            ])
    }

    func setDisplayName(_ name: String, of account: AccountID) throws {
        try database.run(
            "UPDATE accounts SET display_name = ? WHERE id = ?", [.text(name), .text(account.text)])
    }

    /// The address is the account's: it was reached there.
    func setVerified(_ account: AccountID, _ address: EmailAddress) throws {
        try database.run(
            "UPDATE accounts SET email = ?, email_canonical = ?, email_verified = 1 WHERE id = ?",
            [.text(address.text), .text(address.canonical), .text(account.text)])
    }

    private static func credentials(_ row: borrowing PreparedRow) throws -> Credentials {
        let next = Account.columnCount
        return Credentials(
            account: try Account(row), passwordHash: row.text(next), secret: row.blob(next + 1),
            lastStep: row.integer(next + 2))
    }
}
