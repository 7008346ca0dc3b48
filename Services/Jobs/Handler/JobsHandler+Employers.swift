import Calendar
package import Contracts
package import RPC

extension JobsHandler {
    /// Makes an employer that the caller owns.
    package func createEmployer(
        _ request: JobsAPI.CreateEmployerRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await answering(context) {
            let caller = try Caller.writing(context)
            var chance = SystemRandomNumberGenerator()
            let domain = try EmployerRules.domain(request.domain.trimmed)
            let employer = Employer(
                id: EmployerID(using: &chance), name: try EmployerRules.name(ContentReading.line(request.name)),
                domain: domain, website: try EmployerRules.website(request.website.trimmed, domain: domain),
                about: try EmployerRules.about(request.about.trimmed))
            try await store.create(employer, owner: caller.account, at: clock.now)
            return JobsAPI.Employer(employer, members: [.init(account: caller.account, role: .owner)])
        }
    }

    /// One employer.
    package func getEmployer(
        _ request: JobsAPI.GetEmployerRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await answering(context) { try employer(try employerID(request.id), for: Caller(context)) }
    }

    /// The employers that the caller works for.
    package func listMyEmployers(
        _ request: JobsAPI.ListMyEmployersRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ListMyEmployersReply {
        try await answering(context) {
            let caller = try Caller.reading(context)
            return JobsAPI.ListMyEmployersReply(
                employers: try store.employers(of: caller.account).map {
                    JobsAPI.Employer($0.employer, openJobs: $0.open, members: $0.members)
                })
        }
    }

    /// Changes an employer's page.
    package func updateEmployer(
        _ request: JobsAPI.UpdateEmployerRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await answering(context) {
            let caller = try Caller.writing(context)
            let id = try employerID(request.id)
            _ = try await store.change(id, by: caller.account) { employer in
                // What was proven belongs to the name that was proven.
                if employer.verifiedAt == nil {
                    employer.name = try EmployerRules.name(ContentReading.line(request.name))
                }
                employer.website = try EmployerRules.website(request.website.trimmed, domain: employer.domain)
                employer.about = try EmployerRules.about(request.about.trimmed)
            }
            return try employer(id, for: caller)
        }
    }

    /// Lets another account work for the employer.
    package func addEmployerMember(
        _ request: JobsAPI.EmployerMemberRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await setMember(request, true, context)
    }

    /// Takes it back.
    package func removeEmployerMember(
        _ request: JobsAPI.EmployerMemberRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await setMember(request, false, context)
    }

    private func setMember(
        _ request: JobsAPI.EmployerMemberRequest, _ isMember: Bool, _ context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await answering(context) {
            let caller = try Caller.writing(context)
            let id = try employerID(request.id)
            guard (1...64).contains(request.account.utf8.count) else {
                throw EmployerError.invalid(FieldFault("account", "Name the account's id."))
            }
            // Whoever is added must exist.
            if isMember { _ = try await standing(request.account, context) }
            try await store.setMember(request.account, of: id, isMember: isMember, by: caller.account)
            return try employer(id, for: caller)
        }
    }

    /// Begins the proof of a domain.
    package func startDomainProof(
        _ request: JobsAPI.StartDomainProofRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.DomainProof {
        try await answering(context) {
            let caller = try Caller.writing(context)
            let id = try employerID(request.id)
            let mailbox = request.mailbox.trimmed
            guard ApplyTarget.isMailAddress("\(mailbox)@example.org") else {
                throw EmployerError.invalid(FieldFault("mailbox", "Write what stands before the @, e.g. hr."))
            }
            let letters = letters
            let sent = try await store.beginProof(of: id, by: caller.account, at: clock.now) { employer in
                letters.proof(of: employer, to: "\(mailbox)@\(employer.domain)")
            }
            return JobsAPI.DomainProof(sentTo: sent.message.recipient)
        }
    }

    /// Ends it.
    package func finishDomainProof(
        _ request: JobsAPI.FinishDomainProofRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Employer {
        try await answering(context) {
            let caller = try Caller.writing(context)
            let id = try employerID(request.id)
            let begun = try store.proofs(of: id, by: caller.account, at: clock.now)
            guard begun.contains(ProofMail.hash(request.token.trimmed)) else {
                throw EmployerError.notProven("This token is unknown or older than a week: begin again.")
            }
            _ = try await store.finishProof(of: id, at: clock.now)
            return try employer(id, for: caller)
        }
    }

    private func employer(_ id: EmployerID, for caller: Caller?) throws -> JobsAPI.Employer {
        guard let found = try store.employer(id, for: caller?.account ?? "") else { throw EmployerError.unknown }
        return JobsAPI.Employer(found.employer, openJobs: found.open, members: found.members)
    }
}
