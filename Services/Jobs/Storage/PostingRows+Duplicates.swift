import GRDB
import Storage

extension PostingRows {
    /// Candidates whose texts are compared in full.
    private static let candidates = 20

    /// Another posting, open or waiting, that says the same.
    func duplicate(
        of keys: DuplicateKeys, text: String, except id: PostingID?
    ) throws -> (id: PostingID, why: DuplicateReason)? {
        if !keys.link.isEmpty, let same = try same("link_key", keys.link, except: id) { return (same, .sameLink) }
        if let same = try same("job_key", keys.job, except: id) { return (same, .sameJob) }
        for candidate in try sharing(keys.shingles, except: id) {
            guard let content = try revision(candidate.head, of: candidate.id) else { continue }
            if keys.shingles.resemblance(Shingles(content.description)) >= Shingles.threshold {
                return (candidate.id, .sameText)
            }
        }
        return nil
    }

    private func same(_ column: StaticString, _ key: String, except id: PostingID?) throws -> PostingID? {
        try database.first(
            """
            SELECT id FROM posting WHERE \(column) = ? AND id <> ? AND state IN ('submitted', 'published')
            ORDER BY created_at LIMIT 1
            """, [.text(key), .text(id?.text ?? "")]
        ) { PostingID($0.text(0)) } ?? nil
    }

    private func sharing(_ shingles: Shingles, except id: PostingID?) throws -> [(id: PostingID, head: Int)] {
        let hashes = shingles.hashes.prefix(DuplicateKeys.kept)
        guard !hashes.isEmpty else { return [] }
        let marks = repeatElement("?", count: hashes.count).joined(separator: ", ")
        let values = hashes.map { Bound.integer(Int64(bitPattern: $0)) } + [Bound.text(id?.text ?? "")]
        return try database.all(
            """
            SELECT id, head FROM shingle JOIN posting ON posting.id = shingle.posting
            WHERE hash IN (\(marks)) AND posting.id <> ? AND state IN ('submitted', 'published')
            GROUP BY id ORDER BY count(*) DESC, created_at LIMIT \(Self.candidates)
            """, values
        ) { row in PostingID(row.text(0)).map { ($0, Int(row.integer(1))) } }.compactMap { $0 }
    }

    /// The employer of a posting.
    func employer(_ id: EmployerID) throws -> Employer? { try EmployerRows(database).find(id) }

    /// Forgets what readers reported.
    func forgetReports(of id: PostingID) throws {
        try database.run("DELETE FROM report WHERE posting = ?", [.text(id.text)])
    }

    /// A posting with one of its revisions; nil when that does not exist.
    func posting(_ record: PostingRecord, number: Int) throws -> JobsStore.Posting? {
        guard let employer = try employer(record.employer), let content = try revision(number, of: record.id) else {
            return nil
        }
        return JobsStore.Posting(record: record, employer: employer, content: content, revision: number)
    }
}
