import Calendar
package import Contracts
package import RPC

extension JobsHandler {
    private static let similar = 5
    private static let revisions = 200

    /// One posting.
    package func getJob(
        _ request: JobsAPI.GetJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            let id = try postingID(request.id)
            guard let newest = try store.posting(id, for: nil, isModerator: true) else { throw PostingError.unknown }
            let caller = Caller(context)
            let isOwn = try await worksFor(newest.employer, caller, context)
            var maySee = isOwn
            if !isOwn, !newest.record.isPublic { maySee = try await isModerator(context) }
            guard let posting = maySee ? newest : try store.posting(id, for: nil, isModerator: false) else {
                throw PostingError.unknown
            }
            if !request.viewer.isEmpty, posting.record.life.state == .published, !isOwn {
                store.count(.view, of: id, by: request.viewer, on: clock.now.date)
            }
            return try job(posting, isOwn: isOwn, account: caller?.account)
        }
    }

    /// Whether the caller works for an employer. Accounts is asked only where an organisation could say so; when it does not
    /// answer, the caller is a reader like others.
    private func worksFor(_ employer: Employer, _ caller: Caller?, _ context: CallContext) async throws -> Bool {
        guard let caller else { return false }
        if try store.worksFor(employer.id, agent: Agent(caller.account)) { return true }
        guard !employer.organisation.isEmpty else { return false }
        do {
            return try store.worksFor(
                employer.id, agent: try await standings.of(caller.account, within: context).agent)
        } catch let error as ServiceError where error.kind == .unavailable || error.kind == .deadlineExceeded {
            return false
        }
    }

    /// A draft.
    package func createJob(
        _ request: EmployersAPI.CreateJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            let agent = try await agent(writing: context)
            let employer = try employerID(request.employerId)
            let content = try read(request.content)
            var chance = SystemRandomNumberGenerator()
            let posting = try await store.create(
                content, id: PostingID(using: &chance), employer: employer, by: agent, at: clock.now)
            return try job(posting, isOwn: true, account: agent.account)
        }
    }

    /// A new revision.
    package func updateJob(
        _ request: EmployersAPI.UpdateJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            let agent = try await agent(writing: context)
            let content = try read(request.content)
            let posting = try await store.revise(
                try postingID(request.id), from: Int(request.revision), content, by: agent, at: clock.now)
            return try job(posting, isOwn: true, account: agent.account)
        }
    }

    /// Sends a posting to the moderators.
    package func submitJob(
        _ request: EmployersAPI.JobActRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            let standing = try await standings.of(try Caller.writing(context).account, within: context)
            guard standing.isVerified else { throw SeekerError.unverified }
            let agent = standing.agent
            let posting = try await store.submit(
                try postingID(request.id), by: agent, rules: rules, at: clock.now)
            return try job(posting, isOwn: true, account: agent.account)
        }
    }

    /// Closes an open posting.
    package func closeJob(
        _ request: EmployersAPI.CloseJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            let agent = try await agent(writing: context)
            guard let reason = PostingLife.CloseReason(rawValue: request.reason),
                reason == .filled || reason == .withdrawn
            else { throw PostingError.invalid([FieldFault("reason", "filled or withdrawn.")]) }
            let posting = try await store.close(
                try postingID(request.id), reason, by: agent, at: clock.now)
            try follow(posting)
            return try job(posting, isOwn: true, account: agent.account)
        }
    }

    /// Opens a posting until another day.
    package func renewJob(
        _ request: EmployersAPI.RenewJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            let agent = try await agent(writing: context)
            guard let day = CalendarDate(request.validThrough) else {
                throw PostingError.invalid([FieldFault("valid_through", "Write the last day as YYYY-MM-DD.")])
            }
            let posting = try await store.renew(
                try postingID(request.id), through: day, by: agent, at: clock.now)
            try follow(posting)
            return try job(posting, isOwn: true, account: agent.account)
        }
    }

    /// Throws a draft away.
    package func deleteDraft(
        _ request: EmployersAPI.JobActRequest, context: CallContext
    ) async throws(ServiceError) -> EmployersAPI.DeleteDraftReply {
        try await answering(context) {
            let agent = try await agent(writing: context)
            try await store.deleteDraft(try postingID(request.id), by: agent)
            return EmployersAPI.DeleteDraftReply()
        }
    }

    /// An employer's postings in all states.
    package func listEmployerJobs(
        _ request: EmployersAPI.ListEmployerJobsRequest, context: CallContext
    ) async throws(ServiceError) -> EmployersAPI.ListEmployerJobsReply {
        try await answering(context) {
            let agent = try await agent(reading: context)
            let page = try Page(size: request.pageSize, token: request.pageToken)
            let found = try store.postings(
                of: try employerID(request.id), for: agent, limit: page.size + 1, offset: page.offset)
            return EmployersAPI.ListEmployerJobsReply(
                jobs: found.prefix(page.size).map { JobsAPI.Job($0, isOwn: true) },
                nextPageToken: page.next(found.count))
        }
    }

    /// The revisions of a posting.
    package func listRevisions(
        _ request: EmployersAPI.ListRevisionsRequest, context: CallContext
    ) async throws(ServiceError) -> EmployersAPI.ListRevisionsReply {
        try await answering(context) {
            let agent = try await agent(reading: context)
            let moderates = try await isModerator(context)
            let found = try store.revisions(
                of: try postingID(request.id), for: agent, isModerator: moderates, limit: Self.revisions)
            return EmployersAPI.ListRevisionsReply(
                revisions: found.map {
                    .init(number: UInt32(clamping: $0.number), at: $0.at.rfc3339, content: .init($0.content))
                })
        }
    }

    /// Brings the board up to a committed change.
    func follow(_ posting: JobsStore.Posting) throws {
        let live = posting.record.live
        board.follow(
            posting, content: live == posting.revision ? nil : try store.revision(live, of: posting.record.id))
    }

    private func read(_ message: JobsAPI.JobContent?) throws -> PostingContent {
        var reading = ContentReading(places: store.places)
        let content = try reading.content(message ?? .init(), today: clock.now.date)
        let faults = reading.faults + rules.faults(content, isDraft: true)
        guard faults.isEmpty else { throw PostingError.invalid(faults) }
        return content
    }

    private func job(_ posting: JobsStore.Posting, isOwn: Bool, account: String?) throws -> JobsAPI.Job {
        var job = JobsAPI.Job(posting, isOwn: isOwn)
        job.employer?.openJobs = UInt32(clamping: try store.openCount(of: posting.employer.id))
        if posting.record.isPublic {
            job.similar = board.similar(to: posting.content, except: posting.record.id, limit: Self.similar)
                .map { JobsAPI.JobSummary($0) }
        }
        if isOwn {
            job.faults = rules.faults(posting.content, isDraft: false)
                .map { JobsAPI.FieldFault(field: $0.field, message: $0.message) }
        }
        if let account {
            job.saved = try store.isSaved(posting.record.id, by: account)
            job.applied = try store.hasApplied(account, to: posting.record.id)
        }
        return job
    }
}
