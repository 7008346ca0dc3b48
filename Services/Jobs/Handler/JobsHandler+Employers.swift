import Calendar
package import Contracts
import Mail
package import RPC

extension JobsHandler {
    /// Makes an employer that the caller owns.
    package func createEmployer(
        _ request: EmployersAPI.CreateEmployerRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await answering(context) {
            let agent = try await agent(writing: context)
            var chance = SystemRandomNumberGenerator()
            let domain = try EmployerRules.domain(request.domain.trimmed)
            let employer = Employer(
                id: EmployerID(using: &chance), name: try EmployerRules.name(ContentReading.line(request.name)),
                domain: domain, website: try EmployerRules.website(request.website.trimmed, domain: domain),
                about: try EmployerRules.about(request.about.trimmed),
                organisation: try Self.organisation(request.organisation, of: agent))
            try await store.create(employer, owner: agent.account, at: clock.now)
            return JobsAPI.Employer(employer, members: [.init(account: agent.account, role: .owner)])
        }
    }

    /// One employer.
    package func getEmployer(
        _ request: EmployersAPI.GetEmployerRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await answering(context) {
            let id = try employerID(request.id)
            do {
                return try employer(id, for: try await agentIfAny(context))
            } catch let error as ServiceError where error.kind == .unavailable || error.kind == .deadlineExceeded {
                // While Accounts is away its people see it as others do.
                return try employer(id, for: nil)
            }
        }
    }

    /// The employers that the caller works for.
    package func listMyEmployers(
        _ request: EmployersAPI.ListMyEmployersRequest, context: CallContext
    ) async throws(ServiceError) -> EmployersAPI.ListMyEmployersReply {
        try await answering(context) {
            let agent = try await agent(reading: context)
            return EmployersAPI.ListMyEmployersReply(
                employers: try store.employers(of: agent).map {
                    JobsAPI.Employer($0.employer, openJobs: $0.open, members: $0.members)
                })
        }
    }

    /// Changes an employer's page.
    package func updateEmployer(
        _ request: EmployersAPI.UpdateEmployerRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await answering(context) {
            let agent = try await agent(writing: context)
            let id = try employerID(request.id)
            _ = try await store.change(id, by: agent) { employer in
                // What was proven belongs to the name that was proven.
                if employer.verifiedAt == nil {
                    employer.name = try EmployerRules.name(ContentReading.line(request.name))
                }
                employer.website = try EmployerRules.website(request.website.trimmed, domain: employer.domain)
                employer.about = try EmployerRules.about(request.about.trimmed)
                if request.organisation != employer.organisation {
                    employer.organisation = try Self.organisation(request.organisation, of: agent)
                }
            }
            return try employer(id, for: agent)
        }
    }

    /// Lets another account work for the employer.
    package func addEmployerMember(
        _ request: EmployersAPI.EmployerMemberRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await setMember(request, true, context)
    }

    /// Takes it back.
    package func removeEmployerMember(
        _ request: EmployersAPI.EmployerMemberRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await setMember(request, false, context)
    }

    private func setMember(
        _ request: EmployersAPI.EmployerMemberRequest, _ isMember: Bool, _ context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await answering(context) {
            let agent = try await agent(writing: context)
            let id = try employerID(request.id)
            let named = request.account.trimmed
            guard (1...254).contains(named.utf8.count) else {
                throw EmployerError.invalid(FieldFault("account", "Name the account's id or its verified address."))
            }
            // Whoever is added must exist.
            let account =
                if isMember { try await standings.find(named, within: context).account } else { named }
            try await store.setMember(account, of: id, isMember: isMember, by: agent)
            return try employer(id, for: agent)
        }
    }

    /// An organisation that the agent may lend to an employer.
    private static func organisation(_ id: String, of agent: Agent) throws -> String {
        guard id.isEmpty || agent.organisations.contains(where: { $0.id == id && $0.isManager }) else {
            throw EmployerError.invalid(FieldFault("organisation", "Name an organisation that you own or manage."))
        }
        return id
    }

    /// Begins the proof of a domain.
    package func startDomainProof(
        _ request: EmployersAPI.StartDomainProofRequest, context: CallContext
    ) async throws(ServiceError) -> EmployersAPI.DomainProof {
        try await answering(context) {
            let agent = try await agent(writing: context)
            let id = try employerID(request.id)
            let mailbox = request.mailbox.trimmed
            guard !mailbox.isEmpty else {
                let domain = try store.domain(of: id, by: agent)
                return EmployersAPI.DomainProof(
                    recordName: DomainRecords.name(of: domain), recordText: DomainRecords.text(of: id))
            }
            guard ApplyTarget.isMailAddress("\(mailbox)@example.org") else {
                throw EmployerError.invalid(FieldFault("mailbox", "Write what stands before the @, e.g. hr."))
            }
            let letters = letters
            let sent = try await store.beginProof(of: id, by: agent, at: clock.now) { employer in
                letters.proof(of: employer, to: "\(mailbox)@\(employer.domain)")
            }
            return EmployersAPI.DomainProof(sentTo: sent.message.recipient)
        }
    }

    /// Ends it.
    package func finishDomainProof(
        _ request: EmployersAPI.FinishDomainProofRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await answering(context) {
            let agent = try await agent(writing: context)
            let id = try employerID(request.id)
            if request.token.trimmed.isEmpty {
                let domain = try store.domain(of: id, by: agent)
                guard await records.texts(at: DomainRecords.name(of: domain)).contains(DomainRecords.text(of: id))
                else {
                    throw EmployerError.notProven(
                        "\(DomainRecords.name(of: domain)) does not say so yet; a new record takes up to an hour to be seen."
                    )
                }
            } else {
                let begun = try store.proofs(of: id, by: agent, at: clock.now)
                guard begun.contains(ProofMail.hash(request.token.trimmed)) else {
                    throw EmployerError.notProven("This token is unknown or older than a week: begin again.")
                }
            }
            _ = try await store.finishProof(of: id, at: clock.now)
            return try employer(id, for: agent)
        }
    }

    private func employer(_ id: EmployerID, for agent: Agent?) throws -> JobsAPI.Employer {
        guard let found = try store.employer(id, for: agent) else { throw EmployerError.unknown }
        return JobsAPI.Employer(found.employer, openJobs: found.open, members: found.members)
    }
}
