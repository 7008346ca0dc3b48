/// Which codes a search is about.
struct SearchFilters: Sendable, Equatable {
    var system: CodeSystem?
    var billable: Bool?
    /// The code of a top heading, canonical or not; empty: all.
    var chapter: String
    /// Date of service; nil: the latest editions.
    var day: Day?

    init(system: CodeSystem? = nil, billable: Bool? = nil, chapter: String = "", day: Day? = nil) {
        self.system = system
        self.billable = billable
        self.chapter = chapter
        self.day = day
    }
}

/// A code that answers a search.
struct SearchHit: Sendable, Equatable {
    var system: CodeSystem
    var listing: Listing
    var status: CodeStatus
    var score: Double
    /// Unicode scalars from the start of the title.
    var highlights: [Range<Int>]
    /// For a retired code, the codes that took its place.
    var replacedBy: [String]
}

/// How many of the codes found have each value of a field, most first.
struct SearchFacet: Sendable, Equatable {
    struct Value: Sendable, Equatable {
        var value: String
        var label: String
        var count: Int
    }

    /// system | billable | chapter
    var field: String
    var values: [Value]
}

/// One page of what was found.
struct SearchResult: Sendable, Equatable {
    var hits: [SearchHit]
    var facets: [SearchFacet]
    /// Counted up to `mostCounted`.
    var total: Int

    /// Beyond this nobody pages; counting on would cost time on the most general words.
    static let mostCounted = 10_000
}
