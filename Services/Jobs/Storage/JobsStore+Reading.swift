package import Calendar
import GRDB
import Storage

extension JobsStore {
    /// Postings read at once when the board is filled.
    private static let boardBatch = 1_000

    /// A posting in its live revision for everyone, or in its latest for those who work on it; nil when the reader may not
    /// see it.
    ///
    /// - Parameter agent: who reads; nil: anybody. A moderator sees what its employer sees.
    package func posting(_ id: PostingID, for agent: Agent?, isModerator: Bool) throws -> Posting? {
        try store.snapshot { database in
            let rows = PostingRows(database)
            guard let record = try rows.find(id) else { return nil }
            let works = try agent.map { try EmployerRows(database).role(of: $0, in: record.employer) != nil } ?? false
            if isModerator || works { return try rows.posting(record, number: record.head) }
            return record.isPublic ? try rows.posting(record, number: record.live) : nil
        }
    }

    /// The postings of an employer in all states, the newest first.
    ///
    /// - Throws: `PostingError.unknown` when the account does not work for it.
    package func postings(
        of employer: EmployerID, for agent: Agent, limit: Int, offset: Int
    ) throws -> [Posting] {
        try store.snapshot { database in
            guard try EmployerRows(database).role(of: agent, in: employer) != nil else { throw PostingError.unknown }
            let rows = PostingRows(database)
            return try rows.all(of: employer, limit: limit, offset: offset).compactMap { record in
                try rows.posting(record, number: record.head)
            }
        }
    }

    /// What waits for a moderator, the oldest first.
    package func waiting(limit: Int, offset: Int) throws -> [Posting] {
        try store.snapshot { database in
            let rows = PostingRows(database)
            return try rows.waiting(limit: limit, offset: offset).compactMap { record in
                try rows.posting(record, number: record.head)
            }
        }
    }

    /// The revisions of a posting, the newest first.
    ///
    /// - Throws: `PostingError.unknown` when the account does not work for its employer.
    package func revisions(
        of id: PostingID, for agent: Agent, isModerator: Bool, limit: Int
    ) throws -> [(number: Int, at: UTCInstant, content: PostingContent)] {
        try store.snapshot { database in
            guard let record = try PostingRows(database).find(id),
                try isModerator || EmployerRows(database).role(of: agent, in: record.employer) != nil
            else { throw PostingError.unknown }
            return try PostingRows(database).revisions(of: id, limit: limit)
        }
    }

    /// Every open posting, in batches, to fill the board.
    package func forEachOpen(_ body: (BoardEntry) -> Void) throws {
        var last = ""
        while true {
            let batch = try store.snapshot { database in
                let rows = PostingRows(database)
                return try rows.published(after: last, limit: Self.boardBatch).map { record in
                    (record.id, try rows.posting(record, number: record.live))
                }
            }
            for (_, posting) in batch { if let entry = posting?.boardEntry { body(entry) } }
            guard batch.count == Self.boardBatch, let end = batch.last else { return }
            last = end.0.text
        }
    }
}

extension JobsStore.Posting {
    /// As the board has it; nil unless it is open.
    package var boardEntry: BoardEntry? {
        guard record.life.state == .published, let publishedAt = record.life.publishedAt else { return nil }
        return BoardEntry(
            id: record.id, employer: employer.id, employerName: employer.name, content: content,
            publishedAt: publishedAt, isSample: employer.isSample)
    }
}
