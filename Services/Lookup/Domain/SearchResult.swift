/// Which codes a search is about.
package struct SearchFilters: Sendable, Equatable {
    package var system: CodeSystem?
    package var billable: Bool?
    /// The code of a top heading, canonical or not; empty: all.
    package var chapter: String
    /// Date of service; nil: the latest editions.
    package var day: Day?

    package init(system: CodeSystem? = nil, billable: Bool? = nil, chapter: String = "", day: Day? = nil) {
        self.system = system
        self.billable = billable
        self.chapter = chapter
        self.day = day
    }
}

/// A code that answers a search.
package struct SearchHit: Sendable, Equatable {
    package var system: CodeSystem
    package var listing: Listing
    package var status: CodeStatus
    package var score: Double
    /// Unicode scalars from the start of the title.
    package var highlights: [Range<Int>]
}

/// How many of the codes found have each value of a field, most first.
package struct SearchFacet: Sendable, Equatable {
    package struct Value: Sendable, Equatable {
        package var value: String
        package var label: String
        package var count: Int
    }

    /// system | billable | chapter
    package var field: String
    package var values: [Value]
}

/// One page of what was found.
package struct SearchResult: Sendable, Equatable {
    package var hits: [SearchHit]
    package var facets: [SearchFacet]
    /// Counted up to `mostCounted`.
    package var total: Int

    /// Beyond this nobody pages; counting on would cost time on the most general words.
    package static let mostCounted = 10_000
}
