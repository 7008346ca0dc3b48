import Calendar
package import Contracts
package import RPC

extension JobsHandler {
    /// Refusals that a report shows.
    private static let shownRefusals = 200

    /// Brings the employer's postings into line with its feed.
    package func importFeed(
        _ request: EmployersAPI.ImportFeedRequest, context: CallContext
    ) async throws(ServiceError) -> EmployersAPI.FeedReport {
        try await answering(context) {
            let agent = try await agent(writing: context)
            let id = try employerID(request.id)
            guard let employer = try store.employer(id, for: agent), !employer.members.isEmpty else {
                throw EmployerError.unknown
            }
            guard employer.employer.verifiedAt != nil else { throw PostingError.unverified }
            let jobs: [FeedJob]
            do {
                jobs = try FeedReader.read(request.feed)
            } catch let fault as FeedReader.Fault {
                throw PostingError.invalid([FieldFault("feed", fault.message)])
            }
            var work = FeedWork(handler: self, employer: employer.employer, agent: agent, isDry: request.dryRun)
            try await work.run(jobs)
            return EmployersAPI.FeedReport(
                created: work.created, changed: work.changed, unchanged: work.unchanged, closed: work.closed,
                refused: work.refused.prefix(Self.shownRefusals).map {
                    .init(feedId: String($0.id.prefix(FeedJob.idLimit)), title: $0.title, message: $0.message)
                },
                refusedTotal: UInt32(clamping: work.refused.count))
        }
    }
}
