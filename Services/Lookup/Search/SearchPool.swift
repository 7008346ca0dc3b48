import Synchronization

/// The working memories of a snapshot's searches: as many as searches run at the same time.
final class SearchPool: Sendable {
    /// SAFETY: a scratch is in `idle` or with the one caller of `borrow` that took it out, never both.
    private struct Lent: @unchecked Sendable {
        let scratch: SearchScratch
    }

    private let documents: Int
    private let terms: Int
    private let idle = Mutex<[Lent]>([])

    init(documents: Int, terms: Int) {
        self.documents = documents
        self.terms = terms
    }

    /// Lends a cleared working memory.
    func borrow<Result>(_ body: (SearchScratch) throws -> Result) rethrows -> Result {
        let lent = idle.withLock { $0.popLast() } ?? Lent(scratch: SearchScratch(documents: documents, terms: terms))
        defer {
            lent.scratch.clear()
            idle.withLock { $0.append(lent) }
        }
        return try body(lent.scratch)
    }
}
