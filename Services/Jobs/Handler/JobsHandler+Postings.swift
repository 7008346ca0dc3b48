import Calendar
package import Contracts
package import RPC

extension JobsHandler {
    private static let similar = 5
    private static let revisions = 200
    private static let reason = 500

    /// One posting.
    package func getJob(
        _ request: JobsAPI.GetJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            let id = try postingID(request.id)
            let caller = Caller(context)
            var found = try store.posting(id, for: caller?.account ?? "", isModerator: false)
            if found == nil, try await isModerator(context) {
                found = try store.posting(id, for: "", isModerator: true)
            }
            guard let posting = found else { throw PostingError.unknown }
            let isOwn = try caller.map { try store.worksFor(posting.employer.id, account: $0.account) } ?? false
            if !request.viewer.isEmpty, posting.record.life.state == .published {
                store.count(.view, of: id, by: request.viewer, on: clock.now.date)
            }
            return try job(posting, isOwn: isOwn, caller: caller)
        }
    }

    /// A draft.
    package func createJob(
        _ request: JobsAPI.CreateJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            let caller = try Caller.writing(context)
            let employer = try employerID(request.employerId)
            let content = try read(request.content)
            var chance = SystemRandomNumberGenerator()
            let posting = try await store.create(
                content, id: PostingID(using: &chance), employer: employer, by: caller.account, at: clock.now)
            return try job(posting, isOwn: true, caller: caller)
        }
    }

    /// A new revision.
    package func updateJob(
        _ request: JobsAPI.UpdateJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            let caller = try Caller.writing(context)
            let content = try read(request.content)
            let posting = try await store.revise(
                try postingID(request.id), from: Int(request.revision), content, by: caller.account, at: clock.now)
            return try job(posting, isOwn: true, caller: caller)
        }
    }

    /// Sends a posting to the moderators.
    package func submitJob(
        _ request: JobsAPI.JobActRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            let caller = try Caller.writing(context)
            guard try await standing(caller.account, context).isVerified else { throw SeekerError.unverified }
            let posting = try await store.submit(
                try postingID(request.id), by: caller.account, rules: rules, at: clock.now)
            return try job(posting, isOwn: true, caller: caller)
        }
    }

    /// Closes an open posting.
    package func closeJob(
        _ request: JobsAPI.CloseJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            let caller = try Caller.writing(context)
            guard let reason = PostingLife.CloseReason(rawValue: request.reason),
                reason == .filled || reason == .withdrawn
            else { throw PostingError.invalid([FieldFault("reason", "filled or withdrawn.")]) }
            let posting = try await store.close(
                try postingID(request.id), reason, by: caller.account, at: clock.now)
            try follow(posting)
            return try job(posting, isOwn: true, caller: caller)
        }
    }

    /// Opens a posting until another day.
    package func renewJob(
        _ request: JobsAPI.RenewJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            let caller = try Caller.writing(context)
            guard let day = CalendarDate(request.validThrough) else {
                throw PostingError.invalid([FieldFault("valid_through", "Write the last day as YYYY-MM-DD.")])
            }
            let posting = try await store.renew(
                try postingID(request.id), through: day, by: caller.account, at: clock.now)
            try follow(posting)
            return try job(posting, isOwn: true, caller: caller)
        }
    }

    /// Throws a draft away.
    package func deleteDraft(
        _ request: JobsAPI.JobActRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.DeleteDraftReply {
        try await answering(context) {
            let caller = try Caller.writing(context)
            try await store.deleteDraft(try postingID(request.id), by: caller.account)
            return JobsAPI.DeleteDraftReply()
        }
    }

    /// An employer's postings in all states.
    package func listEmployerJobs(
        _ request: JobsAPI.ListEmployerJobsRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ListEmployerJobsReply {
        try await answering(context) {
            let caller = try Caller.reading(context)
            let page = try Page(size: request.pageSize, token: request.pageToken)
            let found = try store.postings(
                of: try employerID(request.id), for: caller.account, limit: page.size + 1, offset: page.offset)
            return JobsAPI.ListEmployerJobsReply(
                jobs: found.prefix(page.size).map { JobsAPI.Job($0, isOwn: true) },
                nextPageToken: page.next(found.count))
        }
    }

    /// The revisions of a posting.
    package func listRevisions(
        _ request: JobsAPI.ListRevisionsRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ListRevisionsReply {
        try await answering(context) {
            let caller = try Caller.reading(context)
            let moderates = try await isModerator(context)
            let found = try store.revisions(
                of: try postingID(request.id), for: caller.account, isModerator: moderates, limit: Self.revisions)
            return JobsAPI.ListRevisionsReply(
                revisions: found.map {
                    .init(number: UInt32(clamping: $0.number), at: $0.at.rfc3339, content: .init($0.content))
                })
        }
    }

    /// What waits for a moderator.
    package func listModeration(
        _ request: JobsAPI.ListModerationRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ListModerationReply {
        try await answering(context) {
            try await moderator(context)
            let page = try Page(size: request.pageSize, token: request.pageToken)
            let waiting = try store.waiting(limit: page.size + 1, offset: page.offset)
            return JobsAPI.ListModerationReply(
                submitted: waiting.prefix(page.size).map { JobsAPI.Job($0, isOwn: true) },
                reports: try store.reports(limit: page.size).map {
                    .init(
                        jobId: $0.posting.text, jobTitle: $0.title, reason: $0.reason, text: $0.text,
                        at: $0.at.rfc3339)
                },
                nextPageToken: page.next(waiting.count))
        }
    }

    /// A moderator's verdict.
    package func moderateJob(
        _ request: JobsAPI.ModerateJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            try await moderator(context)
            let reason = request.reason.trimmed
            let verdict: JobsStore.Verdict =
                switch request.verdict {
                case "approve": .approve
                case "reject": .reject(reason)
                case "take_down": .takeDown
                case "dismiss_reports": .dismissReports
                default:
                    throw PostingError.invalid([
                        FieldFault("verdict", "approve, reject, take_down or dismiss_reports.")
                    ])
                }
            guard request.verdict != "reject" || !reason.isEmpty, reason.unicodeScalars.count <= Self.reason else {
                throw PostingError.invalid([
                    FieldFault("reason", "Tell the employer why, in \(Self.reason) characters at most.")
                ])
            }
            let posting = try await store.moderate(
                try postingID(request.id), verdict, revision: Int(request.revision), at: clock.now)
            try follow(posting)
            return JobsAPI.Job(posting, isOwn: true)
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

    private func job(_ posting: JobsStore.Posting, isOwn: Bool, caller: Caller?) throws -> JobsAPI.Job {
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
        if let caller {
            job.saved = try store.isSaved(posting.record.id, by: caller.account)
            job.applied = try store.hasApplied(caller.account, to: posting.record.id)
        }
        return job
    }
}
