import Contracts

/// The search for coverage documents, as `coverage.mustache` takes it.
struct CoverageView: Sendable {
    struct DocumentView: Sendable {
        let id: String
        let kind: String
        let title: String
        let href: String
        let hasHref: Bool
        let contractor: String
        let states: String
        let hasStates: Bool
        let effectiveDate: String
        let retiredDate: String
        let hasRetired: Bool
        let updatedDate: String
    }

    let query: CoverageQuery
    let kinds: [ChoiceView]
    let problem: String
    let hasProblem: Bool
    let isEmpty: Bool
    let hasDocuments: Bool
    let total: String
    let documents: [DocumentView]
    let notice: String
    let hasNotice: Bool
    let sources: [SourceView]
    let nextPath: String
    let hasNext: Bool

    init(_ query: CoverageQuery, result: ReferenceAPI.FindCoverageReply? = nil, problem: String = "") {
        self.query = query
        kinds = [
            ("", "All documents"), ("LCD", "Local determinations (LCD)"), ("Article", "Articles"),
            ("NCD", "National determinations (NCD)"),
        ].map { ChoiceView(value: $0.0, label: $0.1, isChosen: $0.0 == query.kind) }
        self.problem = problem
        hasProblem = !problem.isEmpty
        documents = (result?.documents ?? []).map { document in
            DocumentView(
                id: document.id, kind: document.kind, title: document.title, href: document.href,
                hasHref: document.href.hasPrefix("https://"), contractor: document.contractor,
                states: document.states.joined(separator: ", "), hasStates: !document.states.isEmpty,
                effectiveDate: document.effectiveDate, retiredDate: document.retiredDate,
                hasRetired: !document.retiredDate.isEmpty, updatedDate: document.updatedDate)
        }
        hasDocuments = !documents.isEmpty
        isEmpty = result != nil && documents.isEmpty
        total = result.map { $0.total == 1 ? "1 document" : "\($0.total.grouped) documents" } ?? ""
        notice = result?.notice ?? ""
        hasNotice = !notice.isEmpty
        sources = (result?.sources ?? []).map(SourceView.init)
        var next = query
        next.pageToken = result?.nextPageToken ?? ""
        hasNext = !next.pageToken.isEmpty
        nextPath = next.path
    }
}
