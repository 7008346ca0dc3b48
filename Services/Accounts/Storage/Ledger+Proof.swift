import Calendar
import Dispatch
import GRDB
import Storage

extension Ledger {
    /// Entries that are read at once.
    private static let proofChunk = 10_000

    /// Reads the whole ledger as it stood at one commit and proves its rules. Writers go on meanwhile.
    ///
    /// - Complexity: about a second for each million entries, on a thread of its own.
    package func prove() async throws -> LedgerProof {
        let store = store
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .utility).async {
                continuation.resume(with: Result { try store.snapshot(Self.prove) })
            }
        }
    }

    /// All entries of a subject, newest first, at most 100 000.
    package func allEntries(of subject: Subject) throws -> [LedgerEntry] {
        try store.read { database in
            try database.all(
                "SELECT at, feature, kind, item, amount FROM entries WHERE subject = ? ORDER BY at DESC",
                [.text(subject.stored)], limit: 100_000
            ) { row in
                guard let feature = Feature(stored: row.integer(1)), let kind = EntryKind(rawValue: row.integer(2))
                else { throw AccountError.unreadableRow(table: "entries") }
                return LedgerEntry(
                    at: UTCInstant(seconds: row.integer(0)), feature: feature, kind: kind, item: row.text(3),
                    amount: row.integer(4))
            }
        }
    }

    private static func prove(_ database: Database) throws -> LedgerProof {
        var proof = LedgerProof()
        var last: [Bound] = [.text(""), .integer(-1), .integer(-1), .text(""), .integer(-1)]
        while true {
            let rows = try database.all(
                """
                SELECT subject, feature, period, item, step, amount, kind, bucket FROM entries
                WHERE (subject, feature, period, item, step) > (?, ?, ?, ?, ?)
                ORDER BY subject, feature, period, item, step LIMIT \(proofChunk)
                """, last, limit: proofChunk
            ) { row in
                (
                    key: [
                        Bound.text(row.text(0)), .integer(row.integer(1)), .integer(row.integer(2)), .text(row.text(3)),
                        .integer(row.integer(4)),
                    ],
                    entry: LedgerProof.Entry(
                        subject: row.text(0), feature: row.integer(1), period: row.integer(2), item: row.text(3),
                        step: row.integer(4), amount: row.integer(5), kind: EntryKind(rawValue: row.integer(6)),
                        bucket: row.integer(7))
                )
            }
            for row in rows { proof.take(row.entry) }
            guard rows.count == proofChunk, let key = rows.last?.key else { break }
            last = key
        }
        let open = try database.first("SELECT count(*) FROM holds WHERE state = 0") { row in row.integer(0) }
        proof.finish(openHolds: open ?? 0)
        try proveSums(database, &proof)
        return proof
    }

    /// The sums that SQL can say: all postings are zero together, each grant was entered as it was given.
    private static func proveSums(_ database: Database, _ proof: inout LedgerProof) throws {
        let sums =
            try database.first(
                "SELECT total(amount), total(CASE account WHEN 'held' THEN amount ELSE 0 END) FROM postings"
            ) { row in (row.integer(0), row.integer(1)) } ?? (0, 0)
        if sums.0 != 0 { proof.note("all postings together are not zero") }
        if sums.1 != proof.held { proof.note("what is held is not what the holds' account says") }
        let unentered =
            try database.first(
                """
                SELECT count(*) FROM grants WHERE amount <>
                    (SELECT total(amount) FROM entries WHERE entries.subject = grants.subject AND bucket = grants.id
                        AND bucket > 0 AND kind = 4)
                """
            ) { row in row.integer(0) } ?? 0
        if unentered != 0 { proof.note("\(unentered) grants were not entered as they were given") }
    }
}
