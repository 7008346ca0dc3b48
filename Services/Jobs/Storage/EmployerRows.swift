import Calendar
import GRDB
import Storage

/// The statements of employers, their members and proofs.
struct EmployerRows {
    private static let columns = "id, name, domain, website, about, verified_at, sample, organisation"

    private let database: Database

    init(_ database: Database) { self.database = database }

    func insert(_ employer: Employer, at now: UTCInstant) throws {
        try database.run(
            """
            INSERT INTO employer (id, name, domain, website, about, verified_at, sample, organisation, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(employer.id.text), .text(employer.name), .text(employer.domain), .text(employer.website),
                .text(employer.about), employer.verifiedAt.map { .integer($0.seconds) } ?? .null,
                .integer(employer.isSample ? 1 : 0), .text(employer.organisation), .integer(now.seconds),
            ])
    }

    func update(_ employer: Employer) throws {
        try database.run(
            "UPDATE employer SET name = ?, website = ?, about = ?, verified_at = ?, organisation = ? WHERE id = ?",
            [
                .text(employer.name), .text(employer.website), .text(employer.about),
                employer.verifiedAt.map { .integer($0.seconds) } ?? .null, .text(employer.organisation),
                .text(employer.id.text),
            ])
    }

    func find(_ id: EmployerID) throws -> Employer? {
        try database.first("SELECT \(Self.columns) FROM employer WHERE id = ?", [.text(id.text)], Self.employer)
    }

    func find(domain: String) throws -> Employer? {
        try database.first("SELECT \(Self.columns) FROM employer WHERE domain = ?", [.text(domain)], Self.employer)
    }

    func all(of agent: Agent) throws -> [Employer] {
        let marks = repeatElement("?", count: agent.organisations.count).joined(separator: ", ")
        return try database.all(
            """
            SELECT \(Self.columns) FROM employer
            WHERE id IN (SELECT employer FROM employer_member WHERE account = ?)
                OR organisation <> '' AND organisation IN (\(marks))
            ORDER BY name, id
            """, [.text(agent.account)] + agent.organisations.map { .text($0.id) }, Self.employer)
    }

    func members(of id: EmployerID) throws -> [Employer.Member] {
        try database.all(
            "SELECT account, role FROM employer_member WHERE employer = ? ORDER BY role DESC, account",
            [.text(id.text)]
        ) { row in Employer.Member(account: row.text(0), role: Employer.Role(rawValue: row.text(1)) ?? .member) }
    }

    /// What somebody may do for an employer: as its own member, or through the organisation that it belongs to.
    func role(of agent: Agent, in id: EmployerID) throws -> Employer.Role? {
        let own = try database.first(
            "SELECT role FROM employer_member WHERE account = ? AND employer = ?",
            [.text(agent.account), .text(id.text)]
        ) { row in Employer.Role(rawValue: row.text(0)) ?? .member }
        if let own { return own }
        guard !agent.organisations.isEmpty else { return nil }
        let organisation = try database.first("SELECT organisation FROM employer WHERE id = ?", [.text(id.text)]) {
            $0.text(0)
        }
        return agent.organisations.first { $0.id == organisation }.map { $0.isManager ? .owner : .member }
    }

    func add(_ member: Employer.Member, to id: EmployerID) throws {
        try database.run(
            "INSERT INTO employer_member (account, employer, role) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [.text(member.account), .text(id.text), .text(member.role.rawValue)])
    }

    func remove(_ account: String, from id: EmployerID) throws {
        try database.run(
            "DELETE FROM employer_member WHERE account = ? AND employer = ? AND role <> 'owner'",
            [.text(account), .text(id.text)])
    }

    func openCount(_ id: EmployerID) throws -> Int {
        try database.first(
            "SELECT count(*) FROM posting WHERE employer = ? AND state = 'published'", [.text(id.text)]
        ) { Int($0.integer(0)) } ?? 0
    }

    func addProof(_ tokenHash: [UInt8], of id: EmployerID, at now: UTCInstant) throws {
        try database.run(
            "INSERT INTO domain_proof (employer, token_hash, started_at) VALUES (?, ?, ?)",
            [.text(id.text), .blob(tokenHash), .integer(now.seconds)])
    }

    func proofs(of id: EmployerID, since start: UTCInstant) throws -> [[UInt8]] {
        try database.all(
            "SELECT token_hash FROM domain_proof WHERE employer = ? AND started_at >= ?",
            [.text(id.text), .integer(start.seconds)]
        ) { $0.blob(0) }
    }

    func forgetProofs(of id: EmployerID) throws {
        try database.run("DELETE FROM domain_proof WHERE employer = ?", [.text(id.text)])
    }

    private static func employer(_ row: borrowing PreparedRow) throws -> Employer {
        guard let id = EmployerID(row.text(0)) else {
            throw StorageError(.damaged, "An employer in the jobs store has an unreadable id; run codingahead check.")
        }
        return Employer(
            id: id, name: row.text(1), domain: row.text(2), website: row.text(3), about: row.text(4),
            verifiedAt: row.isNull(5) ? nil : UTCInstant(seconds: row.integer(5)), isSample: row.integer(6) == 1,
            organisation: row.text(7))
    }
}
