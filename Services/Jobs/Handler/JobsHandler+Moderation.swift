import Calendar
package import Contracts
import Mail
package import RPC

extension JobsHandler {
    /// Characters of a moderator's reason.
    private static let reason = 500

    /// What waits for a moderator.
    package func listModeration(
        _ request: ModerationAPI.ListModerationRequest, context: CallContext
    ) async throws(ServiceError) -> ModerationAPI.ListModerationReply {
        try await answering(context) {
            try await moderator(context)
            let page = try Page(size: request.pageSize, token: request.pageToken)
            let waiting = try store.waiting(limit: page.size + 1, offset: page.offset)
            return ModerationAPI.ListModerationReply(
                submitted: waiting.prefix(page.size).map { JobsAPI.Job($0, isOwn: true) },
                reports: try store.reports(limit: page.size).map {
                    .init(
                        jobId: $0.posting.text, jobTitle: $0.title, reason: $0.reason, text: $0.text,
                        at: $0.at.rfc3339, revision: UInt32(clamping: $0.revision))
                },
                nextPageToken: page.next(waiting.count))
        }
    }

    /// A moderator's verdict.
    package func moderateJob(
        _ request: ModerationAPI.ModerateJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Job {
        try await answering(context) {
            try await moderator(context)
            let reason = request.reason.trimmed
            let verdict: JobsStore.Verdict =
                switch request.verdict {
                case "approve": .approve
                case "reject": .reject(reason)
                case "take_down": .takeDown(reason)
                case "dismiss_reports": .dismissReports
                default:
                    throw PostingError.invalid([
                        FieldFault("verdict", "approve, reject, take_down or dismiss_reports.")
                    ])
                }
            guard !["reject", "take_down"].contains(request.verdict) || !reason.isEmpty,
                reason.unicodeScalars.count <= Self.reason
            else {
                throw PostingError.invalid([
                    FieldFault("reason", "Tell the employer why, in \(Self.reason) characters at most.")
                ])
            }
            let id = try postingID(request.id)
            let posting = try await store.moderate(
                id, verdict, revision: Int(request.revision), mails: try await mails(verdict, of: id), at: clock.now)
            try follow(posting)
            return JobsAPI.Job(posting, isOwn: true)
        }
    }

    /// What the people of the employer are told of a verdict.
    private func mails(_ verdict: JobsStore.Verdict, of id: PostingID) async throws -> [MailMessage] {
        guard verdict != .dismissReports, let posting = try store.posting(id, for: nil, isModerator: true) else {
            return []
        }
        let people = try await standings.of(try store.accounts(of: posting.employer.id))
        return people.compactMap(\.mailAddress).map { letters.verdict(verdict, on: posting, to: $0) }
    }
}
