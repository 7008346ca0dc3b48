import Calendar
import GRDB
import Storage

/// The statements of the organisations and their members.
struct OrganisationRows {
    let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func insert(_ organisation: Organisation) throws {
        try database.run(
            "INSERT INTO organisations (id, name, created_at, seats) VALUES (?, ?, ?, ?)",
            [
                .text(organisation.id.text), .text(organisation.name), .integer(organisation.createdAt.seconds),
                .integer(Int64(organisation.seats)),
            ])
    }

    func organisation(_ id: OrganisationID) throws -> Organisation? {
        try database.first("SELECT \(Self.columns) FROM organisations WHERE id = ?", [.text(id.text)]) { row in
            try Self.organisation(row)
        }
    }

    /// What an account belongs to, the oldest membership first.
    func memberships(of account: AccountID) throws -> [Membership] {
        try database.all(
            """
            SELECT organisations.id, organisations.name, members.role
            FROM members JOIN organisations ON organisations.id = members.organisation
            WHERE members.account = ? ORDER BY joined_at, organisations.id
            """,
            [.text(account.text)]
        ) { row in
            guard let id = OrganisationID(row.text(0)), let role = MemberRole(rawValue: row.text(2)) else {
                throw AccountError.unreadableRow(table: "members")
            }
            return Membership(organisation: id, name: row.text(1), role: role)
        }
    }

    func role(of account: AccountID, in organisation: OrganisationID) throws -> MemberRole? {
        try database.first(
            "SELECT role FROM members WHERE organisation = ? AND account = ?",
            [.text(organisation.text), .text(account.text)]
        ) { row in MemberRole(rawValue: row.text(0)) } ?? nil
    }

    /// All members, the oldest first.
    func members(of organisation: OrganisationID) throws -> [Member] {
        try database.all(
            """
            SELECT members.account, accounts.email, accounts.display_name, members.role, members.joined_at
            FROM members JOIN accounts ON accounts.id = members.account
            WHERE organisation = ? ORDER BY joined_at, members.account
            """,
            [.text(organisation.text)], limit: Organisation.seatRange.upperBound + 1
        ) { row in
            guard let account = AccountID(row.text(0)), let role = MemberRole(rawValue: row.text(3)) else {
                throw AccountError.unreadableRow(table: "members")
            }
            return Member(
                account: account, email: row.text(1), displayName: row.text(2), role: role,
                joinedAt: UTCInstant(seconds: row.integer(4)))
        }
    }

    func add(_ account: AccountID, to organisation: OrganisationID, as role: MemberRole, at now: UTCInstant) throws {
        try database.run(
            "INSERT INTO members (organisation, account, role, joined_at) VALUES (?, ?, ?, ?)",
            [.text(organisation.text), .text(account.text), .text(role.rawValue), .integer(now.seconds)])
    }

    func setRole(of account: AccountID, in organisation: OrganisationID, _ role: MemberRole) throws {
        try database.run(
            "UPDATE members SET role = ? WHERE organisation = ? AND account = ?",
            [.text(role.rawValue), .text(organisation.text), .text(account.text)])
    }

    func remove(_ account: AccountID, from organisation: OrganisationID) throws {
        try database.run(
            "DELETE FROM members WHERE organisation = ? AND account = ?",
            [.text(organisation.text), .text(account.text)])
    }

    func delete(_ organisation: OrganisationID) throws {
        try database.run("DELETE FROM organisations WHERE id = ?", [.text(organisation.text)])
    }

    func rename(_ organisation: OrganisationID, _ name: String) throws {
        try database.run(
            "UPDATE organisations SET name = ? WHERE id = ?", [.text(name), .text(organisation.text)])
    }

    func setSeats(_ organisation: OrganisationID, seats: Int, licensed: Int?) throws {
        try database.run(
            "UPDATE organisations SET seats = ?, licensed_seats = ? WHERE id = ?",
            [.integer(Int64(seats)), licensed.map { .integer(Int64($0)) } ?? .null, .text(organisation.text)])
    }

    /// What its members have beside their own plan, and how many of them; the seats grow with what is paid for.
    func setPlan(_ organisation: OrganisationID, _ plan: TeamPlan?, paidSeats: Int) throws {
        try database.run(
            "UPDATE organisations SET plan = ?, plan_until = ?, paid_seats = ?3, seats = max(seats, ?3) WHERE id = ?4",
            [
                plan.map { .text($0.plan.text) } ?? .null, plan.map { .integer($0.until.seconds) } ?? .null,
                .integer(Int64(paidSeats)), .text(organisation.text),
            ])
    }

    /// Members and invitations that wait.
    func seatsUsed(_ organisation: OrganisationID, at now: UTCInstant) throws -> Int {
        try database.first(
            """
            SELECT (SELECT count(*) FROM members WHERE organisation = ?1)
                + (SELECT count(*) FROM invitations WHERE organisation = ?1 AND expires_at > ?2)
            """,
            [.text(organisation.text), .integer(now.seconds)]
        ) { row in Int(row.integer(0)) } ?? 0
    }

    /// Writes to an account what its organisations pay for: the plan that lasts longest among those in which it is one of
    /// the members that have a paid seat, the oldest first.
    func refreshPlan(of account: AccountID) throws {
        try database.run(
            """
            UPDATE accounts SET (team_plan, team_until) = (
                SELECT plan, plan_until FROM organisations JOIN members AS mine ON mine.organisation = organisations.id
                WHERE mine.account = ?1 AND plan IS NOT NULL AND paid_seats > (
                    SELECT count(*) FROM members AS others WHERE others.organisation = organisations.id
                        AND (others.joined_at, others.account) < (mine.joined_at, mine.account))
                ORDER BY plan_until DESC LIMIT 1)
            WHERE id = ?1
            """,
            [.text(account.text)])
    }

    private static let columns =
        "organisations.id, organisations.name, organisations.created_at, seats, licensed_seats, plan, plan_until, paid_seats"

    private static func organisation(_ row: borrowing PreparedRow) throws -> Organisation {
        guard let id = OrganisationID(row.text(0)) else { throw AccountError.unreadableRow(table: "organisations") }
        return Organisation(
            id: id, name: row.text(1), createdAt: UTCInstant(seconds: row.integer(2)), seats: Int(row.integer(3)),
            licensedSeats: row.isNull(4) ? nil : Int(row.integer(4)),
            plan: row.isNull(5)
                ? nil : TeamPlan(plan: PlanName(row.text(5)), until: UTCInstant(seconds: row.integer(6))),
            paidSeats: Int(row.integer(7)))
    }
}
