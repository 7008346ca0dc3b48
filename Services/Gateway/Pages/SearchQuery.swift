import Contracts

/// What a reader asked the search for, as the address carries it.
struct SearchQuery: Sendable, Equatable {
    var words: String
    var system: String
    var billable: String
    var chapter: String
    var on: String
    var pageToken: String

    init(_ fields: FormFields) {
        words = fields["q"]
        system = fields["system"]
        billable = fields["billable"]
        chapter = fields["chapter"]
        on = fields["on"]
        pageToken = fields["page_token"]
    }

    /// The address that asks the same.
    var path: String {
        "/search"
            + PercentCoding.query([
                ("q", words), ("system", system), ("billable", billable), ("chapter", chapter), ("on", on),
                ("page_token", pageToken),
            ])
    }

    /// The same words in all sets, on no date.
    var wordsOnly: SearchQuery {
        var query = self
        (query.system, query.billable, query.chapter, query.on, query.pageToken) = ("", "", "", "", "")
        return query
    }

    /// The address of the same question with one answer of a facet chosen, or given up when it was; nil for a facet that
    /// this version does not know.
    func path(choosing value: String, of facet: String) -> String? {
        var query = self
        query.pageToken = ""
        switch facet {
        case "system":
            query.system = system == value ? "" : value
            query.chapter = ""
        case "billable": query.billable = billable == value ? "" : value
        case "chapter": query.chapter = chapter == value ? "" : value
        default: return nil
        }
        return query.path
    }

    /// Whether an answer of a facet is the chosen one.
    func hasChosen(_ value: String, of facet: String) -> Bool {
        switch facet {
        case "system": system == value
        case "billable": billable == value
        case "chapter": chapter == value
        default: false
        }
    }

    /// The same as a request to Lookup.
    func request(pageSize: UInt32) -> LookupAPI.SearchRequest {
        LookupAPI.SearchRequest(
            q: words, system: system, billable: billable, chapter: chapter, on: on, pageSize: pageSize,
            pageToken: pageToken)
    }
}
