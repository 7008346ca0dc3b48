import Calendar
import GRDB
import Storage

/// The statements of the invitations that wait.
struct InvitationRows {
    /// What a token invites to.
    struct Found {
        let organisation: OrganisationID
        let address: EmailAddress
        let role: MemberRole
        let expiresAt: UTCInstant
    }

    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// Writes an invitation; one of the same address goes.
    func insert(
        _ hash: [UInt8], to organisation: OrganisationID, _ address: EmailAddress, as role: MemberRole,
        at now: UTCInstant
    ) throws {
        try database.run(
            "DELETE FROM invitations WHERE organisation = ? AND email_canonical = ?",
            [.text(organisation.text), .text(address.canonical)])
        try database.run(
            """
            INSERT INTO invitations (token_hash, organisation, email, email_canonical, role, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .blob(hash), .text(organisation.text), .text(address.text), .text(address.canonical),
                .text(role.rawValue), .integer(now.seconds),
                .integer(now.adding(seconds: Organisation.invitationLifetime).seconds),
            ])
    }

    /// What a token invites to; nil when it is unknown, used, withdrawn or over.
    func find(_ hash: [UInt8], at now: UTCInstant) throws -> Found? {
        try database.first(
            "SELECT organisation, email, role, expires_at FROM invitations WHERE token_hash = ? AND expires_at > ?",
            [.blob(hash), .integer(now.seconds)]
        ) { row in
            guard let id = OrganisationID(row.text(0)), let role = MemberRole(rawValue: row.text(2)) else {
                throw AccountError.unreadableRow(table: "invitations")
            }
            return Found(
                organisation: id, address: try EmailAddress(row.text(1)), role: role,
                expiresAt: UTCInstant(seconds: row.integer(3)))
        }
    }

    /// Those that wait, the oldest first.
    func waiting(_ organisation: OrganisationID, at now: UTCInstant) throws -> [(hash: [UInt8], invitation: Invitation)]
    {
        try database.all(
            """
            SELECT token_hash, email, role, expires_at FROM invitations WHERE organisation = ? AND expires_at > ?
            ORDER BY created_at, email
            """,
            [.text(organisation.text), .integer(now.seconds)], limit: Organisation.seatRange.upperBound + 1
        ) { row in
            guard let role = MemberRole(rawValue: row.text(2)) else {
                throw AccountError.unreadableRow(table: "invitations")
            }
            let hash = row.blob(0)
            return (
                hash,
                Invitation(
                    handle: SecretToken.handle(ofHash: hash), email: row.text(1), role: role,
                    expiresAt: UTCInstant(seconds: row.integer(3)))
            )
        }
    }

    /// Whether an address is invited already.
    func isInvited(_ address: EmailAddress, to organisation: OrganisationID, at now: UTCInstant) throws -> Bool {
        try database.first(
            "SELECT 1 FROM invitations WHERE organisation = ? AND email_canonical = ? AND expires_at > ?",
            [.text(organisation.text), .text(address.canonical), .integer(now.seconds)]
        ) { _ in true } ?? false
    }

    func delete(_ hash: [UInt8]) throws {
        try database.run("DELETE FROM invitations WHERE token_hash = ?", [.blob(hash)])
    }

    /// Forgets what was sent to an address, as when its owner deletes the account.
    func deleteAll(to address: EmailAddress) throws {
        try database.run("DELETE FROM invitations WHERE email_canonical = ?", [.text(address.canonical)])
    }

    func deleteExpired(at now: UTCInstant) throws {
        try database.run("DELETE FROM invitations WHERE expires_at <= ?", [.integer(now.seconds)])
    }
}
