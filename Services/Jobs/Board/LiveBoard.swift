package import Calendar
import Synchronization

/// The board that the calls share.
package final class LiveBoard: Sendable {
    private let board: Mutex<Board>

    /// A board of what is open in the store.
    ///
    /// - Complexity: 100 000 postings take some seconds.
    package init(filledFrom store: JobsStore) throws {
        var board = Board()
        try store.forEachOpen { board.put($0) }
        self.board = Mutex(board)
    }

    /// How many postings are open.
    package var count: Int { board.withLock { $0.count } }

    /// Follows a committed change of a posting.
    package func follow(_ posting: JobsStore.Posting, content: PostingContent?) {
        var entry = posting
        if let content { entry.content = content }
        board.withLock { board in
            if let entry = entry.boardEntry { board.put(entry) } else { board.remove(posting.record.id) }
        }
    }

    /// A posting is deleted.
    package func remove(_ id: PostingID) { board.withLock { $0.remove(id) } }

    /// Answers a question; the entries of the page come along.
    package func search(_ query: BoardQuery, at now: UTCInstant) -> (answer: BoardAnswer, entries: [BoardEntry]) {
        board.withLock { board in
            let answer = board.search(query, at: now)
            return (answer, answer.positions.compactMap { board.entry($0.id) })
        }
    }

    /// Open postings like one.
    package func similar(to content: PostingContent, except id: PostingID, limit: Int) -> [BoardEntry] {
        board.withLock { board in
            board.similar(to: content, except: id, limit: limit).compactMap { board.entry($0) }
        }
    }

    /// The open postings of a span.
    package func entries(publishedAfter start: UTCInstant, through end: UTCInstant) -> [BoardEntry] {
        board.withLock { board in board.openEntries.filter { $0.publishedAt > start && $0.publishedAt <= end } }
    }

    /// The open postings among some.
    package func entries(_ ids: [PostingID]) -> [BoardEntry] {
        board.withLock { board in ids.compactMap { board.entry($0) } }
    }
}
