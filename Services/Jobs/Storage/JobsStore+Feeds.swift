import GRDB
import Storage

extension JobsStore {
    /// The postings of an employer that came from its feed and are not closed or put aside.
    package func feedPostings(of employer: EmployerID) throws -> [PostingRecord] {
        try store.snapshot { database in
            let rows = PostingRows(database)
            return try rows.feedIDs(of: employer).compactMap { try rows.find(feedID: $0, of: employer) }
                .filter { $0.life.state == .published || $0.life.state == .submitted }
        }
    }

    /// The posting of an id in the employer's feed, in its latest revision.
    package func feedPosting(_ feedID: String, of employer: EmployerID) throws -> Posting? {
        try store.snapshot { database in
            let rows = PostingRows(database)
            return try rows.find(feedID: feedID, of: employer).flatMap { try rows.posting($0, number: $0.head) }
        }
    }

    /// Another posting, open or waiting, that says the same.
    package func duplicate(
        of content: PostingContent, employer: Employer
    ) throws -> (id: PostingID, why: DuplicateReason)? {
        try store.snapshot { database in
            try PostingRows(database).duplicate(
                of: DuplicateKeys(content, employerName: employer.name), text: content.description, except: nil)
        }
    }
}
