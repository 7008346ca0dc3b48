import Calendar
package import Contracts
package import RPC

extension JobsHandler {
    private static let samplePostings: UInt32 = 2_000
    private static let mostSamplePostings: UInt32 = 100_000
    /// Postings of one act of the store.
    private static let sampleBatch = 500

    /// Fills the board with made-up postings.
    package func makeSample(
        _ request: ModerationAPI.MakeSampleRequest, context: CallContext
    ) async throws(ServiceError) -> ModerationAPI.MakeSampleReply {
        try await answering(context) {
            try Caller.operating(context)
            guard request.postings <= Self.mostSamplePostings else {
                throw PostingError.invalid([FieldFault("postings", "At most \(Self.mostSamplePostings).")])
            }
            guard try !store.hasSample() else {
                throw ServiceError(
                    .failedPrecondition, "There is a sample board already: remove it first.", reason: "sample")
            }
            let count = Int(request.postings == 0 ? Self.samplePostings : request.postings)
            var sample = SampleBoard(seed: request.seed, credentials: credentials, now: clock.now)
            let wanted = min(max(1, count / SampleBoard.postingsAnEmployer), SampleBoard.mostEmployers)
            let employers = sample.employers(wanted)
            var made = 0
            while made < count {
                let batch = (made..<min(made + Self.sampleBatch, count)).map { number in
                    let employer = employers[number % employers.count]
                    let (id, content, publishedAt) = sample.posting(of: employer)
                    return JobsStore.SamplePosting(
                        id: id, employer: employer, content: content, publishedAt: publishedAt)
                }
                for posting in try await store.keepSample(batch, at: clock.now) { try follow(posting) }
                made += batch.count
            }
            return ModerationAPI.MakeSampleReply(
                postings: UInt32(clamping: made), employers: UInt32(clamping: employers.count))
        }
    }

    /// Deletes them.
    package func removeSample(
        _ request: ModerationAPI.RemoveSampleRequest, context: CallContext
    ) async throws(ServiceError) -> ModerationAPI.RemoveSampleReply {
        try await answering(context) {
            try Caller.operating(context)
            let gone = try await store.removeSample()
            for id in gone { board.remove(id) }
            return ModerationAPI.RemoveSampleReply(postings: UInt32(clamping: gone.count))
        }
    }
}
