import Storage

/// Finds codes by code, prefix, range or words in one snapshot, best first.
///
/// Words are the index's work (`SearchRanker`); codes are looked up by their keys.
struct CodeSearch {
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

    /// What was found: the best in order, as far as asked, and all places.
    private struct Answer {
        var best: [Found] = []
        var places: [Int] = []

        init(best: [Found] = [], places: [Int] = []) {
            self.best = best
            self.places = places
        }

        init(_ all: [Found]) { self.init(best: all, places: all.map(\.place)) }
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
        var plan: SearchPlan?
        let answer: Answer
        switch query {
        case .nothing: answer = Answer()
        case .range(let low, let high): answer = Answer(try range(low, high))
        case .pattern(let pattern): answer = Answer(try matching(pattern))
        case .words(let words, let key, let isOneToken):
            let made = SearchPlan(words, in: index.file)
            plan = made
            answer = try self.answer(made, key, isOneToken, limit: offset + limit)
        }
        let highlighter = plan.map { SearchHighlighter($0, in: index.file) }
        let page = answer.best.dropFirst(offset).prefix(limit)
        return SearchResult(
            hits: try page.compactMap { try hit($0, highlighter) }, facets: facets ? try counted(answer.places) : [],
            total: min(answer.places.count, SearchResult.mostCounted))
    }

    // MARK: By code

    private func answer(_ plan: SearchPlan, _ key: String?, _ isOneToken: Bool, limit: Int) throws -> Answer {
        var byCode: [Found] = []
        if let key {
            byCode = try codes(from: key, to: key).map { Found(place: $0, score: Self.exactScore) }
            if isOneToken, key.utf8.count >= 2, key.utf8.contains(where: SearchQuery.isDigit) {
                let exact = Set(byCode.map(\.place))
                byCode += try codes(from: key, to: key + "~").filter { !exact.contains($0) }
                    .map { Found(place: $0, score: Self.prefixScore) }
                if !byCode.isEmpty { return Answer(byCode) }
            }
        }
        let exact = Set(byCode.map(\.place))
        let outcome = index.find(plan, filter.selection, limit: min(limit, SearchResult.mostCounted))
        let byWords = outcome.best.filter { !exact.contains($0.place) }
            .map { Found(place: $0.place, score: Double($0.score)) }
        return Answer(
            best: byCode + byWords,
            places: byCode.map(\.place) + outcome.places.lazy.map(Int.init).filter { !exact.contains($0) })
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
                if matches(key), let place = index.file.place(of: code), filter.admits(index.file.documents[place]) {
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

    // MARK: Answers

    private func hit(_ found: Found, _ highlighter: SearchHighlighter?) throws -> SearchHit? {
        let document = index.file.documents[found.place]
        guard let system = CodeSystem(number: Int(document.system)),
            let listing = try filter.listing(of: document)
        else { return nil }
        return SearchHit(
            system: system, listing: listing, status: filter.status(of: document), score: found.score,
            highlights: highlighter?.highlights(in: listing.title) ?? [], replacedBy: [])
    }

    private func counted(_ places: [Int]) throws -> [SearchFacet] {
        var bySystemNumber = [Int](repeating: 0, count: 256)
        var chapters: [UInt32: Int] = [:]
        var billable = 0
        // Neighbours mostly share their chapter: it is counted run by run.
        var chapter: UInt32 = 0
        var run = 0
        for place in places {
            let document = index.file.documents[place]
            bySystemNumber[Int(document.system)] += 1
            if document.chapter != chapter {
                if chapter != 0 { chapters[chapter, default: 0] += run }
                chapter = document.chapter
                run = 0
            }
            run += 1
            if document.billable { billable += 1 }
        }
        if chapter != 0 { chapters[chapter, default: 0] += run }
        let systems = bySystemNumber.enumerated().filter { $0.element > 0 }
        let bySystem = systems.compactMap { number, count in
            CodeSystem(number: number).map { SearchFacet.Value(value: $0.rawValue, label: $0.name, count: count) }
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
