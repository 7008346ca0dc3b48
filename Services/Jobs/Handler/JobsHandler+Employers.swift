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
            guard request.method == "email" || request.method == "dns" else {
                throw EmployerError.invalid(FieldFault("method", "email or dns."))
            }
            let isMail = request.method == "email"
            guard !isMail || ApplyTarget.isMailAddress("\(request.mailbox)@example.org") else {
                throw EmployerError.invalid(FieldFault("mailbox", "Write what stands before the @, e.g. hr."))
            }
            let token = DomainProofs.token()
            let employer = try await store.beginProof(
                DomainProofs.hash(token), method: request.method, of: id, by: caller.account, at: clock.now)
            guard isMail else {
                return JobsAPI.DomainProof(
                    method: "dns", recordName: "\(DomainProofs.recordLabel).\(employer.domain)", recordValue: token)
            }
            let address = "\(request.mailbox)@\(employer.domain)"
            try await proofs.mail(token, address, employer.name)
            return JobsAPI.DomainProof(method: "email", sentTo: address)
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
            let token = request.token.trimmed
            if token.isEmpty {
                let name = "\(DomainProofs.recordLabel).\(begun.employer.domain)"
                let expected = begun.proofs.filter { $0.method == "dns" }.map(\.tokenHash)
                guard !expected.isEmpty else { throw EmployerError.notProven("No proof by DNS was begun.") }
                let records = try await proofs.textRecords(name).map { DomainProofs.hash($0.trimmed) }
                guard records.contains(where: expected.contains) else {
                    throw EmployerError.notProven(
                        "\(name) has no TXT record with the token yet; DNS may need an hour.")
                }
            } else {
                let hash = DomainProofs.hash(token)
                guard begun.proofs.contains(where: { $0.method == "email" && $0.tokenHash == hash }) else {
                    throw EmployerError.notProven("This token is unknown or older than a week: begin again.")
                }
            }
            _ = try await store.finishProof(of: id, at: clock.now)
            return try employer(id, for: caller)
        }
    }

    /// Takes an employer's own feed.
    package func importFeed(
        _ request: JobsAPI.ImportFeedRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ImportFeedReply {
        try await answering(context) {
            let caller = try Caller.writing(context)
            let id = try employerID(request.id)
            guard try store.worksFor(id, account: caller.account) else { throw EmployerError.unknown }
            guard try await standing(caller.account, context).isVerified else { throw SeekerError.unverified }
            let entries = try FeedReading(mediaType: request.mediaType).entries(request.feed)
            return try await FeedImport(handler: self, employer: id, account: caller.account).take(entries)
        }
    }

    private func employer(_ id: EmployerID, for caller: Caller?) throws -> JobsAPI.Employer {
        guard let found = try store.employer(id, for: caller?.account ?? "") else { throw EmployerError.unknown }
        return JobsAPI.Employer(found.employer, openJobs: found.open, members: found.members)
    }
}
