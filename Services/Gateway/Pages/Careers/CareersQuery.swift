import Contracts

/// A search for jobs as the address carries it: `/careers?q=auditor&required=CPC&required=CCS&near=78701`.
struct CareersQuery: Sendable, Equatable {
    /// The filters that take several values, in the order of the page.
    static let lists = [
        "required", "preferred", "specialty", "setting", "workplace", "state", "employment", "employer",
    ]
    /// Those that take one.
    static let singles = ["apprentices", "salary", "posted"]
    /// What is typed or chosen from a list.
    private static let fields = ["q", "near", "miles", "sort"]

    /// Names and values in the address's order.
    private(set) var pairs: [(name: String, value: String)]
    var pageToken = ""

    /// Takes what a search knows and leaves the rest.
    init(_ pairs: [(String, String)]) {
        let known = Set(Self.lists + Self.singles + Self.fields)
        self.pairs = pairs.filter { known.contains($0.0) && !$0.1.isEmpty }.map { (name: $0.0, value: $0.1) }
        pageToken = pairs.first { $0.0 == "page_token" }?.1 ?? ""
    }

    /// From a saved search.
    init(_ search: JobsAPI.SearchJobsRequest) {
        let values: [(String, [String])] = [
            ("q", [search.q]), ("required", search.required), ("preferred", search.preferred),
            ("apprentices", [search.apprentices]), ("specialty", search.specialty), ("setting", search.setting),
            ("workplace", search.workplace), ("state", search.state), ("employment", search.employment),
            ("salary", [search.salary]), ("posted", [search.posted]), ("employer", search.employer),
            ("near", [search.near]), ("miles", search.miles == 0 ? [] : ["\(search.miles)"]), ("sort", [search.sort]),
        ]
        self.init(values.flatMap { name, values in values.map { (name, $0) } })
    }

    static func == (left: CareersQuery, right: CareersQuery) -> Bool {
        left.path(at: "/") == right.path(at: "/")
    }

    /// The values of a filter.
    func values(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// The first of them; empty without one.
    func value(_ name: String) -> String { pairs.first { $0.name == name }?.value ?? "" }

    /// The address that asks the same.
    func path(at place: String = "/careers") -> String {
        place + PercentCoding.query(pairs + [(name: "page_token", value: pageToken)])
    }

    /// The same question without its page.
    var firstPage: CareersQuery {
        var query = self
        query.pageToken = ""
        return query
    }

    /// The question with a value chosen, or given up when it was.
    func toggling(_ value: String, of name: String) -> CareersQuery {
        var query = firstPage
        if query.values(name).contains(value) {
            query.pairs.removeAll { $0.name == name && $0.value == value }
            return query
        }
        if Self.singles.contains(name) { query.pairs.removeAll { $0.name == name } }
        query.pairs.append((name: name, value: value))
        return query
    }

    /// The question without a field.
    func without(_ name: String) -> CareersQuery {
        var query = firstPage
        query.pairs.removeAll { $0.name == name || (name == "near" && $0.name == "miles") }
        return query
    }

    /// Whether anything but words and order is asked for.
    var isNarrowed: Bool { pairs.contains { $0.name != "q" && $0.name != "sort" && $0.name != "miles" } }

    /// The same as a request to Jobs.
    func request(pageSize: UInt32) -> JobsAPI.SearchJobsRequest {
        JobsAPI.SearchJobsRequest(
            q: value("q"), required: values("required"), preferred: values("preferred"),
            apprentices: value("apprentices"), specialty: values("specialty"), setting: values("setting"),
            workplace: values("workplace"), state: values("state"), employment: values("employment"),
            salary: value("salary"), posted: value("posted"), employer: values("employer"), near: value("near"),
            miles: UInt32(value("miles")) ?? 0, sort: value("sort"), pageSize: pageSize, pageToken: pageToken)
    }
}
