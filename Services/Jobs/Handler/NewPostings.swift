import Calendar

/// A board of the postings of some days, which saved searches are run over.
struct NewPostings {
    let since: UTCInstant
    private let board: Board
    private let now: UTCInstant

    /// The open postings that were published after `since`, up to and with `through`.
    init(of live: LiveBoard, since: UTCInstant, through: UTCInstant) {
        var board = Board()
        for entry in live.entries(publishedAfter: since, through: through) { board.put(entry) }
        self.board = board
        self.since = since
        now = through
    }

    /// What a saved search has not seen, the newest first. A text that no longer stands for a search finds nothing.
    func find(_ search: SavedSearch, places: Places) -> [PostingID] {
        // try?: a value that a later version no longer knows ends a search, not the morning of all others.
        guard board.count > 0, var query = try? SearchReading(SearchText.search(search.query)).query(places: places)
        else { return [] }
        query.order = .date
        query.limit = Digest.limit
        query.countsFacets = false
        query.mayRelax = false
        return board.search(query, at: now).positions.filter { $0.publishedAt > search.seenThrough.seconds }.map(\.id)
    }

    /// One of them.
    func entry(_ id: PostingID) -> BoardEntry? { board.entry(id) }

    /// In the order of publication.
    func newestFirst(_ ids: [PostingID]) -> [PostingID] {
        ids.map { (id: $0, at: board.entry($0)?.publishedAt.seconds ?? 0) }
            .sorted { ($1.at, $0.id) < ($0.at, $1.id) }.map(\.id)
    }
}
