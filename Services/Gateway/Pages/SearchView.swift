import Contracts

/// The search page, as `search.mustache` takes it.
struct SearchView: Sendable {
    struct FacetView: Sendable {
        let heading: String
        let values: [ValueView]
    }

    struct ValueView: Sendable {
        let label: String
        let count: Int
        let path: String
        /// Names the link, so that the script finds it again on the page that follows.
        let key: String
        let isChosen: Bool
    }

    let words: String
    let on: String
    let systems: [ChoiceView]
    let billables: [ChoiceView]
    /// Nothing was asked yet.
    let isUnasked: Bool
    let isEmpty: Bool
    /// More than words were asked for, so that asking for less may find something.
    let isNarrowed: Bool
    let widerPath: String
    let hits: [HitView]
    let hasHits: Bool
    let facets: [FacetView]
    let hasFacets: Bool
    let total: String
    let milliseconds: String
    let nextPath: String
    let hasNext: Bool
    let firstPath: String
    let isLaterPage: Bool
    /// Why the question could not be answered.
    let problem: String
    let hasProblem: Bool

    init(_ query: SearchQuery, reply: LookupAPI.SearchReply?, problem: String = "") {
        words = query.words
        on = query.on
        systems = ChoiceView.systems(chosen: query.system)
        billables = ChoiceView.billable(chosen: query.billable)
        isUnasked = reply == nil && problem.isEmpty
        isNarrowed = query != query.wordsOnly
        widerPath = query.wordsOnly.path
        hits = (reply?.hits ?? []).map { HitView($0, on: query.on) }
        hasHits = !hits.isEmpty
        isEmpty = reply != nil && hits.isEmpty
        facets = (reply?.facets ?? []).compactMap { Self.facet($0, query: query) }
        hasFacets = !facets.isEmpty
        total = Self.words(forTotal: reply?.total ?? 0)
        let tenths = ((reply?.tookMicros ?? 0) + 50) / 100
        milliseconds = "\(tenths / 10).\(tenths % 10)"
        var next = query
        next.pageToken = reply?.nextPageToken ?? ""
        hasNext = !next.pageToken.isEmpty
        nextPath = next.path
        next.pageToken = ""
        firstPath = next.path
        isLaterPage = !query.pageToken.isEmpty
        self.problem = problem
        hasProblem = !problem.isEmpty
    }

    /// Lookup counts up to 10 000.
    private static func words(forTotal total: UInt32) -> String {
        switch total {
        case 1: "1 code matches"
        case 10_000...: "10 000 codes or more match"
        default: "\(total) codes match"
        }
    }

    private static func facet(_ facet: LookupAPI.Facet, query: SearchQuery) -> FacetView? {
        let values = facet.values.compactMap { value in
            query.path(choosing: value.value, of: facet.field).map { path in
                ValueView(
                    label: value.label.isEmpty ? value.value : value.label, count: Int(value.count), path: path,
                    key: "\(facet.field) \(value.value)", isChosen: query.hasChosen(value.value, of: facet.field))
            }
        }
        guard !values.isEmpty else { return nil }
        let heading = ["system": "Code set", "billable": "Billable", "chapter": "Chapter"][facet.field]
        return FacetView(heading: heading ?? facet.field, values: values)
    }
}
