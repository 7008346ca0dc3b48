import Contracts

/// The search for jobs, as `careers.mustache` takes it.
struct CareersView: Sendable {
    struct FacetView: Sendable {
        let heading: String
        let values: [ValueView]
        /// More than the first are behind a summary.
        let more: [ValueView]
        let hasMore: Bool
    }

    struct ValueView: Sendable {
        let label: String
        let count: Int
        let path: String
        let isChosen: Bool
    }

    /// A filter that is set, with the address without it.
    struct ChosenView: Sendable {
        let label: String
        let path: String
    }

    /// A field that goes along with the form of words.
    struct KeptView: Sendable {
        let name: String
        let value: String
    }

    /// Values of a facet that are shown at once.
    private static let shown = 8
    private static let headings: [(field: String, text: String)] = [
        ("required", "Credential required"), ("apprentices", "Apprentices"), ("workplace", "Workplace"),
        ("specialty", "Specialty"), ("setting", "Setting"), ("state", "State"), ("salary", "Salary"),
        ("employment", "Type"), ("posted", "Posted"), ("preferred", "Credential preferred"), ("employer", "Employer"),
    ]

    let words: String
    let near: String
    let radii: [ChoiceView]
    let sorts: [ChoiceView]
    let kept: [KeptView]
    let chosen: [ChosenView]
    let hasChosen: Bool
    let clearPath: String
    let jobs: [JobSummaryView]
    let hasJobs: Bool
    let isEmpty: Bool
    let isRelaxed: Bool
    let facets: [FacetView]
    let total: String
    let milliseconds: String
    let nextPath: String
    let hasNext: Bool
    let firstPath: String
    let isLaterPage: Bool
    let feedPath: String
    let saveQuery: String
    let isSignedIn: Bool
    let loginPath: String
    let csrf: String
    let problem: String
    let hasProblem: Bool

    init(_ query: CareersQuery, reply: JobsAPI.SearchJobsReply?, csrf: String, problem: String = "") {
        words = query.value("q")
        near = query.value("near")
        let miles = query.value("miles")
        radii = ["10", "25", "50", "100", "200"].map {
            ChoiceView(value: $0, label: "\($0) miles", isChosen: $0 == (miles.isEmpty ? "25" : miles))
        }
        sorts = [("", "Best match"), ("date", "Newest"), ("salary", "Salary")].map { value, label in
            ChoiceView(value: value, label: label, isChosen: value == query.value("sort"))
        }
        kept = query.pairs.filter { !["q", "near", "miles", "sort"].contains($0.name) }
            .map { KeptView(name: $0.name, value: $0.value) }
        let facets = reply?.facets ?? []
        chosen = Self.chosen(query, facets)
        hasChosen = !chosen.isEmpty
        clearPath = CareersQuery(query.pairs.filter { $0.name == "q" }.map { ($0.name, $0.value) }).path()
        jobs = (reply?.jobs ?? []).map { JobSummaryView($0) }
        hasJobs = !jobs.isEmpty
        isEmpty = reply != nil && jobs.isEmpty
        isRelaxed = reply?.relaxed ?? false
        self.facets = Self.headings.compactMap { heading in
            facets.first { $0.field == heading.field }.flatMap { Self.facet($0, heading.text, query) }
        }
        total = reply?.total == 1 ? "1 job" : "\((reply?.total ?? 0).grouped) jobs"
        let tenths = ((reply?.tookMicros ?? 0) + 50) / 100
        milliseconds = "\(tenths / 10).\(tenths % 10)"
        var next = query
        next.pageToken = reply?.nextPageToken ?? ""
        hasNext = !next.pageToken.isEmpty
        nextPath = next.path()
        firstPath = query.firstPage.path()
        isLaterPage = !query.pageToken.isEmpty
        feedPath = query.firstPage.path(at: "/careers.atom")
        saveQuery = String(query.firstPage.path(at: "").dropFirst())
        isSignedIn = !csrf.isEmpty
        loginPath = "/login" + PercentCoding.query([(name: "next", value: query.firstPage.path())])
        self.csrf = csrf
        self.problem = problem
        hasProblem = !problem.isEmpty
    }

    private static func facet(_ facet: JobsAPI.JobFacet, _ heading: String, _ query: CareersQuery) -> FacetView? {
        let chosen = Set(query.values(facet.field))
        let values = facet.values.filter { $0.count > 0 || chosen.contains($0.value) }.map { value in
            ValueView(
                label: value.label, count: Int(value.count), path: query.toggling(value.value, of: facet.field).path(),
                isChosen: chosen.contains(value.value))
        }
        guard !values.isEmpty else { return nil }
        // What is chosen stays in sight.
        let first = values.filter(\.isChosen) + values.filter { !$0.isChosen }
        return FacetView(
            heading: heading, values: Array(first.prefix(shown)), more: Array(first.dropFirst(shown)),
            hasMore: first.count > shown)
    }

    private static func chosen(_ query: CareersQuery, _ facets: [JobsAPI.JobFacet]) -> [ChosenView] {
        query.pairs.compactMap { name, value in
            switch name {
            case "q", "miles", "sort": return nil
            case "near":
                let miles = query.value("miles")
                return ChosenView(
                    label: "within \(miles.isEmpty ? "25" : miles) miles of \(value)",
                    path: query.without("near").path())
            default:
                let label = facets.first { $0.field == name }?.values.first { $0.value == value }?.label ?? value
                let heading = name == "preferred" ? "\(label) preferred" : label
                return ChosenView(label: heading, path: query.toggling(value, of: name).path())
            }
        }
    }
}
