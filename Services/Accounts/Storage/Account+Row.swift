import Calendar
import Storage

extension Account {
    /// The columns that `init(_:)` reads, of a table named `accounts`.
    static let columns = """
        accounts.id, accounts.email, accounts.plan, accounts.plan_until, accounts.next_plan, accounts.team_plan, \
        accounts.team_until, accounts.email_verified, accounts.created_at, accounts.roles, accounts.suspended_at, \
        accounts.totp_secret IS NOT NULL, accounts.display_name
        """
    /// How many they are.
    static let columnCount: Int32 = 13

    /// Reads `columns`, the first of a row.
    init(_ row: borrowing PreparedRow) throws {
        guard let id = AccountID(row.text(0)) else { throw AccountError.unreadableRow(table: "accounts") }
        self.init(
            id: id, email: row.text(1), term: PlanTerm(row, from: 2), isEmailVerified: row.integer(7) != 0,
            createdAt: UTCInstant(seconds: row.integer(8)), roles: Role.list(row.text(9)),
            isSuspended: !row.isNull(10), hasSecondFactor: row.integer(11) != 0, displayName: row.text(12))
    }
}
