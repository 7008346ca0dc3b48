import Storage

/// Finds codes by code, prefix, range or words in one snapshot, best first.
///
/// Words: all of them first; when no code has all, as many as still find something, the rarest first. The index hands out
/// what it finds in its fixed order of quality; of that the first `mostScored` are scored by their titles and inclusion terms.
struct CodeSearch {
    /// Enough for a few pages in the best order; each costs two row reads.
    private static let mostScored = 300
    /// What a hit by its exact code scores, above any title.
    private static let exactScore = 3.0
    private static let prefixScore = 2.0

    private let store: CodeStore
    private let filter: SearchFilter
    private var index: SearchIndex { store.contents.index }

    /// A place in the index with its score.
    private struct Found {
        var place: Int
        var score: Double
    }

    /// - Parameter today: what statuses of an undated search are measured by.
    /// - Throws: `LookupError.notFound` when no loaded edition is in force on the day asked about.
    init(_ store: CodeStore, _ filters: SearchFilters, today: Day) throws {
        self.store = store
        filter = try SearchFilter(store, filters, today: today)
    }

    /// - Parameters:
    ///   - offset: how many hits to skip.
    ///   - facets: whether to count facets.
    func run(_ query: SearchQuery, offset: Int, limit: Int, facets: Bool) throws -> SearchResult {
        let found: [Found]
        var asked: [SearchWord] = []
        switch query {
        case .nothing: found = []
        case .range(let low, let high): found = try range(low, high)
        case .pattern(let pattern): found = try matching(pattern)
        case .words(let words, let key, let isOneToken):
            asked = words
            found = try answer(words, key, isOneToken)
        }
        let page = found.dropFirst(offset).prefix(limit)
        return SearchResult(
            hits: try page.compactMap { try hit($0, asked) }, facets: facets ? try counted(found.map(\.place)) : [],
            total: found.count)
    }

    // MARK: By code

    private func answer(_ words: [SearchWord], _ key: String?, _ isOneToken: Bool) throws -> [Found] {
        var byCode: [Found] = []
        if let key {
            byCode = try codes(from: key, to: key).map { Found(place: $0, score: Self.exactScore) }
            if isOneToken, key.utf8.count >= 2, key.utf8.contains(where: SearchQuery.isDigit) {
                let exact = Set(byCode.map(\.place))
                byCode += try codes(from: key, to: key + "~").filter { !exact.contains($0) }
                    .map { Found(place: $0, score: Self.prefixScore) }
                if !byCode.isEmpty { return byCode }
            }
        }
        let exact = Set(byCode.map(\.place))
        let byWords = try found(words).filter { !exact.contains($0.place) }
        return Array((byCode + byWords).prefix(SearchResult.mostCounted))
    }

    private func range(_ low: String, _ high: String) throws -> [Found] {
        let heading = try codes(from: low + "-" + high, to: low + "-" + high)
        // A4206-A4232 also lies between codes of other sets: those that list an end of the range are meant.
        let meant = try filter.systems.filter { try lists($0, low) || lists($0, high) }
        let rest = try codes(of: meant.isEmpty ? filter.systems : meant, from: low, to: high + "~")
            .filter { !heading.contains($0) }
        return heading.map { Found(place: $0, score: Self.exactScore) }
            + rest.map { Found(place: $0, score: Self.prefixScore) }
    }

    private func matching(_ pattern: CodePattern) throws -> [Found] {
        try codes(from: pattern.prefix, to: pattern.prefix + "~", where: pattern.matches)
            .map { Found(place: $0, score: Self.prefixScore) }
    }

    /// The places of the codes whose keys lie between two, system by system in the order of keys.
    private func codes(
        of systems: [CodeSystem]? = nil, from low: String, to high: String,
        where matches: (String) -> Bool = { _ in true }
    ) throws -> [Int] {
        var places: [Int] = []
        for system in systems ?? filter.systems {
            try store.codes(of: system, from: low, to: high) { code, key in
                if matches(key), let place = index.place(of: code), try filter.admits(index.documents[place]) {
                    places.append(place)
                }
                return places.count < SearchResult.mostCounted
            }
        }
        return places
    }

    private func lists(_ system: CodeSystem, _ key: String) throws -> Bool {
        var isListed = false
        try store.codes(of: system, from: key, to: key) { _, _ in
            isListed = true
            return false
        }
        return isListed
    }

    // MARK: By words

    private func found(_ words: [SearchWord]) throws -> [Found] {
        var asked = words
        var places = try self.places(words, limit: SearchResult.mostCounted)
        if places.isEmpty, words.count > 1 {
            asked = try fewer(words)
            places = try self.places(asked, limit: SearchResult.mostCounted)
        }
        var scored: [Found] = []
        for place in places.prefix(Self.mostScored) { scored.append(try score(place, asked)) }
        scored.sort { ($1.score, $0.place) < ($0.score, $1.place) }
        return scored + places.dropFirst(Self.mostScored).map { Found(place: $0, score: 0) }
    }

    private func places(_ words: [SearchWord], limit: Int) throws -> [Int] {
        var places: [Int] = []
        try index.find(words, in: store.connection) { place in
            if try filter.admits(index.documents[place]) { places.append(place) }
            return places.count < limit
        }
        return places
    }

    /// The words that find something together, beginning with the rarest.
    private func fewer(_ words: [SearchWord]) throws -> [SearchWord] {
        let counted = try words.map { (word: $0, count: try index.frequency(of: $0, in: store.connection)) }
        let known = counted.filter { $0.count > 0 }.sorted { $0.count < $1.count }
        var kept: [SearchWord] = []
        for (word, _) in known where try !places(kept + [word], limit: 1).isEmpty { kept.append(word) }
        return kept
    }

    /// Scores the title; when it lacks a word, the inclusion terms too.
    private func score(_ place: Int, _ words: [SearchWord]) throws -> Found {
        let document = index.documents[place]
        let code = CodeID(Int(document.code))
        let title = try store.latestListing(code)?.title ?? ""
        let score = SearchScore(title, for: words)
        var value = score.value
        if !score.complete {
            for term in try store.inclusionTerms(code) {
                let other = SearchScore(term, for: words)
                if other.complete { value = max(value, 0.9 * other.value) }
            }
        }
        if filter.status(of: document) == .retired { value *= 0.7 }
        return Found(place: place, score: value)
    }

    // MARK: Answers

    private func hit(_ found: Found, _ asked: [SearchWord]) throws -> SearchHit? {
        let document = index.documents[found.place]
        guard let system = CodeSystem(number: Int(document.system)),
            let listing = try filter.listing(of: document)
        else { return nil }
        return SearchHit(
            system: system, listing: listing, status: filter.status(of: document), score: found.score,
            highlights: SearchScore(listing.title, for: asked).highlights)
    }

    private func counted(_ places: [Int]) throws -> [SearchFacet] {
        var systems: [UInt8: Int] = [:]
        var chapters: [UInt32: Int] = [:]
        var billable = 0
        for place in places {
            let document = index.documents[place]
            systems[document.system, default: 0] += 1
            if document.chapter != 0 { chapters[document.chapter, default: 0] += 1 }
            if document.billable { billable += 1 }
        }
        let bySystem = systems.compactMap { number, count in
            CodeSystem(number: Int(number)).map { SearchFacet.Value(value: $0.rawValue, label: $0.name, count: count) }
        }
        var facets = [SearchFacet(field: "system", values: Self.ordered(bySystem))]
        let kinds = [
            SearchFacet.Value(value: "true", label: "Billable", count: billable),
            SearchFacet.Value(value: "false", label: "Headings", count: places.count - billable),
        ]
        facets.append(SearchFacet(field: "billable", values: kinds.filter { $0.count > 0 }))
        // Chapter codes mean something within one system only.
        if systems.count == 1 {
            let values = try chapters.compactMap { number, count in
                try store.latestListing(CodeID(Int(number))).map {
                    SearchFacet.Value(value: $0.code, label: $0.title, count: count)
                }
            }
            facets.append(SearchFacet(field: "chapter", values: Array(Self.ordered(values).prefix(Self.mostFacets))))
        }
        return facets
    }

    /// More than any set has chapters (PCS: 17 sections, ICD-10-CM: 22 chapters).
    private static let mostFacets = 40

    private static func ordered(_ values: [SearchFacet.Value]) -> [SearchFacet.Value] {
        values.sorted { ($1.count, $0.value) < ($0.count, $1.value) }
    }
}
