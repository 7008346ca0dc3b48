package import Calendar
import GRDB
import Storage

extension JobsStore {
    /// A made-up posting.
    package struct SamplePosting: Sendable {
        package let id: PostingID
        package let employer: Employer
        package let content: PostingContent
        package let publishedAt: UTCInstant

        /// `employer` is a sample too.
        package init(id: PostingID, employer: Employer, content: PostingContent, publishedAt: UTCInstant) {
            self.id = id
            self.employer = employer
            self.content = content
            self.publishedAt = publishedAt
        }
    }

    /// Whether there are made-up employers.
    package func hasSample() throws -> Bool {
        try store.read { database in
            try database.first("SELECT 1 FROM employer WHERE sample = 1") { _ in true } ?? false
        }
    }

    /// Keeps made-up postings as if a moderator had let them out.
    package func keepSample(_ postings: [SamplePosting], at now: UTCInstant) async throws -> [Posting] {
        try await store.writer.write { database in
            let (rows, employers) = (PostingRows(database), EmployerRows(database))
            return try postings.compactMap { sample in
                if try employers.find(sample.employer.id) == nil { try employers.insert(sample.employer, at: now) }
                let life = PostingLife(
                    state: .published, closeReason: nil, rejection: "", validThrough: sample.content.validThrough,
                    publishedAt: sample.publishedAt, closedAt: nil, remindedFor: nil)
                let record = PostingRecord(
                    id: sample.id, employer: sample.employer.id, life: life, live: 1, head: 1,
                    createdAt: sample.publishedAt, submittedAt: nil, updatedAt: sample.publishedAt, feedID: "")
                try rows.insert(record, keys: DuplicateKeys(sample.content, employerName: sample.employer.name))
                try rows.insertRevision(sample.content, number: 1, of: sample.id, by: "", at: sample.publishedAt)
                return try rows.posting(record, number: 1)
            }
        }
    }

    /// Deletes the made-up employers with all that hangs on them.
    ///
    /// - Returns: the postings that are gone.
    package func removeSample() async throws -> [PostingID] {
        try await store.writer.write { database in
            let gone = try database.all(
                "SELECT posting.id FROM posting JOIN employer ON employer.id = employer WHERE sample = 1", limit: .max
            ) { PostingID($0.text(0)) }
            try database.run("DELETE FROM employer WHERE sample = 1")
            return gone.compactMap { $0 }
        }
    }
}
