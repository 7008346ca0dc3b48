import Storage

/// The search index of an opened snapshot: the mapped file and the working memory of searches.
struct SearchIndex: Sendable {
    let file: SearchFile
    private let pool: SearchPool

    init(_ file: SearchFile) {
        self.file = file
        pool = SearchPool(documents: file.documents.count, terms: file.terms.count)
    }

    /// What answers a question in words, best first.
    /// - Parameter limit: how many are wanted in order.
    func find(_ plan: SearchPlan, _ selection: SearchSelection, limit: Int) -> SearchRanker.Outcome {
        pool.borrow { SearchRanker(file, plan).run(selection, limit: limit, $0) }
    }
}
