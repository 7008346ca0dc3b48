import Calendar
import Mail

/// Looks each morning at the saved searches that are due and mails what is new: one digest an account, nothing without
/// news, no posting twice.
///
/// The searches run over a board of the new postings alone. What was done for some accounts is one act of the store, so a
/// run that dies goes on where it was.
package struct Digests: Sendable {
    /// Searches taken at once: an act of the store of some tens of milliseconds.
    static let batch = 1_000

    let handler: JobsHandler

    /// Digests of what a handler serves.
    package init(_ handler: JobsHandler) { self.handler = handler }

    /// Looks at everything that is due.
    ///
    /// - Returns: how many digests were written.
    /// - Throws: `StorageError`, and `unavailable` while Accounts is away; what was done by then stays done.
    package func run() async throws -> Int {
        let now = handler.clock.now
        let cut = Digest.cut(at: now)
        var news: NewPostings?
        var last = ""
        var written = 0
        while true {
            let due = try handler.store.dueSearches(at: now, after: last, limit: Self.batch)
            guard let end = due.last else { return written }
            last = end.account
            // The oldest that any weekly search has not seen; nearly always a week.
            let since = due.map(\.seenThrough).min() ?? now
            if news.map({ $0.since > since }) ?? true {
                news = NewPostings(of: handler.board, since: since, through: cut)
            }
            guard let news else { return written }
            written += try await finish(digests(due, news: news), news: news, cut: cut, at: now)
        }
    }

    /// What is new for each account.
    func digests(_ due: [SavedSearch], news: NewPostings) throws -> [Digest] {
        var digests: [Digest] = []
        for searches in due.chunked(by: { $0.account == $1.account }) {
            var found: [PostingID] = []
            var withNews: Set<String> = []
            for search in searches {
                let hits = news.find(search, places: handler.store.places)
                if !hits.isEmpty { withNews.insert(search.id) }
                found += hits
            }
            let account = searches[searches.startIndex].account
            if !found.isEmpty {
                let sent = try handler.store.sent(to: account, among: found)
                var known = sent
                found = found.filter { known.insert($0).inserted }
                if found.isEmpty { withNews = [] }
            }
            digests.append(
                Digest(
                    account: account, searches: Array(searches), withNews: withNews,
                    postings: Array(news.newestFirst(found).prefix(Digest.limit))))
        }
        return digests
    }

    private func finish(
        _ digests: [Digest], news: NewPostings, cut: UTCInstant, at now: UTCInstant
    ) async throws -> Int {
        let wanted = digests.filter { !$0.postings.isEmpty }
        var addresses: [String: String] = [:]
        for standing in try await handler.standings.of(wanted.map(\.account)) {
            addresses[standing.account] = standing.mailAddress
        }
        var chance = SystemRandomNumberGenerator()
        var fresh: [String: String] = [:]
        for account in addresses.keys {
            fresh[account] = RandomID.make(using: &chance) + RandomID.make(using: &chance)
        }
        let tokens = fresh.isEmpty ? [:] : try await handler.store.unsubscribeTokens(fresh)
        var mails: [String: MailMessage] = [:]
        for digest in wanted {
            guard let address = addresses[digest.account], let token = tokens[digest.account] else { continue }
            let letter = DigestNews(
                id: "digest-\(now.date)-\(String(BoardToken.fingerprint(digest.account), radix: 36))-\(now.seconds)",
                searches: digest.searches.filter { digest.withNews.contains($0.id) }.map(\.name),
                entries: digest.postings.compactMap { news.entry($0) })
            mails[digest.account] = handler.letters.digest(letter, token: token, to: address)
        }
        try await handler.store.finish(digests, mails: mails, cut: cut, at: now)
        return mails.count
    }
}

extension Array {
    /// Runs of neighbours of which each two belong together.
    fileprivate func chunked(by belong: (Element, Element) -> Bool) -> [ArraySlice<Element>] {
        var chunks: [ArraySlice<Element>] = []
        var start = startIndex
        for index in indices.dropFirst() where !belong(self[index - 1], self[index]) {
            chunks.append(self[start..<index])
            start = index
        }
        if start < endIndex { chunks.append(self[start...]) }
        return chunks
    }
}
