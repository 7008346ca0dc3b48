package import Calendar
import GRDB
import Mail
import Storage

extension JobsStore {
    /// Proofs that may be begun in a day, so that nobody's mailbox is filled through the desk.
    static let proofsADay = 5
    /// How long a proof may take, seconds.
    static let proofTime: Int64 = 7 * 86_400

    /// Makes an employer that the account owns.
    ///
    /// - Throws: `EmployerError.domainTaken`; `StorageError`.
    package func create(_ employer: Employer, owner: String, at now: UTCInstant) async throws {
        try await store.writer.write { database in
            let rows = EmployerRows(database)
            guard try rows.find(domain: employer.domain) == nil else { throw EmployerError.domainTaken }
            try rows.insert(employer, at: now)
            try rows.add(Employer.Member(account: owner, role: .owner), to: employer.id)
        }
    }

    /// One employer, what it has open, and its members when the account works for it.
    package func employer(
        _ id: EmployerID, for agent: Agent?
    ) throws -> (employer: Employer, open: Int, members: [Employer.Member])? {
        try store.snapshot { database in
            let rows = EmployerRows(database)
            guard let employer = try rows.find(id) else { return nil }
            let works = try agent.map { try rows.role(of: $0, in: id) != nil } ?? false
            return (employer, try rows.openCount(id), works ? try rows.members(of: id) : [])
        }
    }

    /// Those that an account works for.
    package func employers(of agent: Agent) throws -> [(employer: Employer, open: Int, members: [Employer.Member])] {
        try store.snapshot { database in
            let rows = EmployerRows(database)
            return try rows.all(of: agent).map { ($0, try rows.openCount($0.id), try rows.members(of: $0.id)) }
        }
    }

    /// Whether an account works for an employer.
    package func worksFor(_ id: EmployerID, agent: Agent) throws -> Bool {
        try store.read { database in try EmployerRows(database).role(of: agent, in: id) != nil }
    }

    /// How many postings an employer has open.
    package func openCount(of id: EmployerID) throws -> Int {
        try store.read { database in try EmployerRows(database).openCount(id) }
    }

    /// Changes an employer's page.
    ///
    /// - Throws: `EmployerError`: `unknown` when the account does not work for it.
    package func change(
        _ id: EmployerID, by agent: Agent, _ change: @escaping @Sendable (inout Employer) throws -> Void
    ) async throws -> Employer {
        try await store.writer.write { database in
            let rows = EmployerRows(database)
            guard var employer = try rows.find(id), try rows.role(of: agent, in: id) != nil else {
                throw EmployerError.unknown
            }
            try change(&employer)
            try rows.update(employer)
            return employer
        }
    }

    /// Adds or removes a member.
    ///
    /// - Throws: `EmployerError`: `unknown`, `notOwner`.
    package func setMember(_ account: String, of id: EmployerID, isMember: Bool, by agent: Agent) async throws {
        try await store.writer.write { database in
            let rows = EmployerRows(database)
            guard let role = try rows.role(of: agent, in: id) else { throw EmployerError.unknown }
            guard role == .owner else { throw EmployerError.notOwner }
            if isMember {
                try rows.add(Employer.Member(account: account, role: .member), to: id)
            } else {
                try rows.remove(account, from: id)
            }
        }
    }

    /// Begins a proof: its token is kept hashed and mailed in one act.
    ///
    /// - Throws: `EmployerError`: `unknown`, `tooManyProofs`.
    package func beginProof(
        of id: EmployerID, by agent: Agent, at now: UTCInstant, mail: @escaping @Sendable (Employer) -> ProofMail
    ) async throws -> ProofMail {
        try await store.writer.write { database in
            let rows = EmployerRows(database)
            guard let employer = try rows.find(id), try rows.role(of: agent, in: id) != nil else {
                throw EmployerError.unknown
            }
            guard try rows.proofs(of: id, since: now.adding(seconds: -86_400)).count < Self.proofsADay else {
                throw EmployerError.tooManyProofs
            }
            let letter = mail(employer)
            try rows.addProof(letter.tokenHash, of: id, at: now)
            try Outbox.enter(letter.message, at: now.seconds, in: database)
            return letter
        }
    }

    /// The domain of an employer that the agent works for.
    ///
    /// - Throws: `EmployerError.unknown`.
    package func domain(of id: EmployerID, by agent: Agent) throws -> String {
        try store.snapshot { database in
            let rows = EmployerRows(database)
            guard let employer = try rows.find(id), try rows.role(of: agent, in: id) != nil else {
                throw EmployerError.unknown
            }
            return employer.domain
        }
    }

    /// The proofs that may still be ended.
    package func proofs(
        of id: EmployerID, by agent: Agent, at now: UTCInstant
    ) throws -> [[UInt8]] {
        try store.snapshot { database in
            let rows = EmployerRows(database)
            guard try rows.role(of: agent, in: id) != nil else { throw EmployerError.unknown }
            return try rows.proofs(of: id, since: now.adding(seconds: -Self.proofTime))
        }
    }

    /// The domain is proven.
    package func finishProof(of id: EmployerID, at now: UTCInstant) async throws -> Employer {
        try await store.writer.write { database in
            let rows = EmployerRows(database)
            guard var employer = try rows.find(id) else { throw EmployerError.unknown }
            employer.verifiedAt = now
            try rows.update(employer)
            try rows.forgetProofs(of: id)
            return employer
        }
    }
}
