import Storage

extension Catalogue {
    /// What a search asks for, as the contract words it.
    struct SearchQuestion: Sendable {
        var q = ""
        var system = ""
        var billable = ""
        var chapter = ""
        var on = ""
        var pageSize = 0
        var pageToken = ""

        init(
            q: String = "", system: String = "", billable: String = "", chapter: String = "", on: String = "",
            pageSize: Int = 0, pageToken: String = ""
        ) {
            self.q = q
            self.system = system
            self.billable = billable
            self.chapter = chapter
            self.on = on
            self.pageSize = pageSize
            self.pageToken = pageToken
        }
    }

    /// One page of hits, best first, with facets.
    /// - Throws: `LookupError`; `SnapshotError`.
    func search(_ question: SearchQuestion) throws -> (SearchResult, nextPageToken: String) {
        let query = try SearchQuery(question.q)
        if question.q.allSatisfy(\.isWhitespace) {
            throw LookupError.invalid(field: "q", "The query is empty; type a code, a range or words.")
        }
        let filters = try Self.filters(question)
        let size = question.pageSize == 0 ? Self.searchPage : min(question.pageSize, Self.largestSearchPage)
        let fingerprint = PageToken.fingerprint([
            "search", question.q, question.system, question.billable, question.chapter, question.on,
        ])
        return try reader.read { connection, contents in
            let offset = try PageToken.position(
                question.pageToken, of: fingerprint, in: contents.identity, atMost: SearchResult.mostCounted)
            let store = CodeStore(connection, contents)
            let search = try CodeSearch(store, filters, today: today())
            var result = try search.run(query, offset: offset, limit: size, facets: true)
            try addReplacements(to: &result.hits, on: filters.day, store)
            let end = offset + size
            let next = end < result.total ? PageToken.text(at: end, of: fingerprint, in: contents.identity) : ""
            return (result, next)
        }
    }

    /// The best hits for an unfinished query, without facets.
    /// - Throws: `LookupError`; `SnapshotError`.
    func suggest(_ q: String, in system: String, pageSize: Int) throws -> SearchResult {
        let query = try SearchQuery(q)
        let filters = SearchFilters(system: system.isEmpty ? nil : try Self.system(system))
        let size = pageSize == 0 ? Self.suggestPage : min(pageSize, Self.largestSuggestPage)
        return try reader.read { connection, contents in
            let search = try CodeSearch(CodeStore(connection, contents), filters, today: today())
            return try search.run(query, offset: 0, limit: size, facets: false)
        }
    }

    /// Names what took the place of the retired codes among the hits.
    private func addReplacements(to hits: inout [SearchHit], on day: Day?, _ store: CodeStore) throws {
        for place in hits.indices where hits[place].status == .retired {
            let choice = try store.contents.calendar.choose(hits[place].system, on: day, today: today())
            let replacements = try Self.replacements(
                of: hits[place].listing, in: hits[place].system, isRetired: true, choice, store)
            hits[place].replacedBy = replacements.prefix(Self.mostReplacements).map(\.code)
        }
    }

    /// More are the whole of a category, which its page lists.
    private static let mostReplacements = 10
    private static let searchPage = 20
    private static let largestSearchPage = 100
    private static let suggestPage = 10
    private static let largestSuggestPage = 20

    private static func filters(_ question: SearchQuestion) throws(LookupError) -> SearchFilters {
        let billable: Bool?
        switch question.billable {
        case "": billable = nil
        case "true": billable = true
        case "false": billable = false
        default: throw .invalid(field: "billable", "“\(shortened(question.billable))” is neither true nor false.")
        }
        guard question.chapter.utf8.count <= CodeForm.longestInput else {
            throw .invalid(field: "chapter", "“\(shortened(question.chapter))” is no chapter.")
        }
        return SearchFilters(
            system: question.system.isEmpty ? nil : try system(question.system), billable: billable,
            chapter: question.chapter, day: try day(question.on))
    }
}
