import Contracts

/// What coverage documents are looked for, as the query of `/coverage` gives it.
struct CoverageQuery: Sendable {
    let words: String
    let state: String
    let contractor: String
    let kind: String
    let on: String
    var pageToken: String

    init(_ fields: FormFields) {
        words = fields["q"]
        state = fields["state"]
        contractor = fields["contractor"]
        kind = fields["kind"]
        on = fields["on"]
        pageToken = fields["page_token"]
    }

    /// Nothing was asked yet.
    var isEmpty: Bool { [words, state, contractor, kind].allSatisfy(\.isEmpty) }

    /// The address of the same question.
    var path: String {
        "/coverage"
            + PercentCoding.query([
                ("q", words), ("state", state), ("contractor", contractor), ("kind", kind), ("on", on),
                ("page_token", pageToken),
            ])
    }

    func request(pageSize: UInt32) -> ReferenceAPI.FindCoverageRequest {
        ReferenceAPI.FindCoverageRequest(
            q: words, state: state, contractor: contractor, kind: kind, on: on, pageSize: pageSize,
            pageToken: pageToken)
    }
}
