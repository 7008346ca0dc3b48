import Storage

extension Account {
    /// Reads `id, email, plan, email_verified, created_at`, the first five columns.
    init(_ row: borrowing PreparedRow) throws {
        guard let id = AccountID(row.text(0)) else { throw AccountError.unreadableRow(table: "accounts") }
        self.init(
            id: id, email: row.text(1), plan: PlanName(row.text(2)), isEmailVerified: row.integer(3) != 0,
            createdAt: UTCInstant(seconds: row.integer(4)))
    }
}
