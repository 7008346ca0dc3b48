import Contracts
import RPC

/// Turns the contract's search into a question to the board.
struct SearchReading {
    private static let longestWords = 200
    private static let defaultMiles: UInt32 = 25
    private static let mostMiles: UInt32 = 500
    private static let mostValues = 60
    private static let largestPage: UInt32 = 100

    private let request: JobsAPI.SearchJobsRequest

    init(_ request: JobsAPI.SearchJobsRequest) { self.request = request }

    /// What a page token belongs to: everything but page and size.
    var fingerprint: UInt64 {
        BoardToken.fingerprint(SearchText.text(of: request))
    }

    /// The question.
    ///
    /// - Throws: `ServiceError.invalidArgument` naming the field.
    func query(places: Places) throws -> BoardQuery {
        guard request.q.unicodeScalars.count <= Self.longestWords else {
            throw Self.fault("q", "At most \(Self.longestWords) characters.")
        }
        var query = BoardQuery()
        query.words = Words.split(request.q)
        query.filters = try filters()
        if !request.near.isEmpty {
            guard request.miles <= Self.mostMiles else {
                throw Self.fault("miles", "At most \(Self.mostMiles) miles.")
            }
            guard let place = try places.find(request.near) else {
                throw Self.fault("near", "No such place is known: write a ZIP code, or a city and state as Austin, TX.")
            }
            query.circle = BoardQuery.Circle(
                latitude: place.latitude, longitude: place.longitude,
                miles: Double(request.miles == 0 ? Self.defaultMiles : request.miles))
        }
        if !request.sort.isEmpty {
            guard let order = BoardQuery.Order(rawValue: request.sort) else {
                throw Self.fault("sort", "relevance, date or salary.")
            }
            query.order = order
        }
        guard request.pageSize <= Self.largestPage else {
            throw Self.fault("page_size", "At most \(Self.largestPage).")
        }
        if request.pageSize > 0 { query.limit = Int(request.pageSize) }
        return query
    }

    private func filters() throws -> [Facet: Set<String>] {
        let given: [(Facet, [String])] = [
            (.credentialRequired, request.required), (.credentialPreferred, request.preferred),
            (.apprentices, [request.apprentices]), (.specialty, request.specialty), (.setting, request.setting),
            (.workplace, request.workplace), (.state, request.state.map { $0.uppercased() }),
            (.employment, request.employment), (.salary, [request.salary]), (.posted, [request.posted]),
            (.employer, request.employer),
        ]
        var filters: [Facet: Set<String>] = [:]
        for (facet, values) in given {
            let values = Set(values).subtracting([""])
            guard !values.isEmpty else { continue }
            guard values.count <= Self.mostValues else { throw Self.fault(facet.rawValue, "Too many values.") }
            if let odd = values.first(where: { !Self.isValue($0, of: facet) }) {
                throw Self.fault(facet.rawValue, "\(odd.prefix(24)) is no value of this filter.")
            }
            filters[facet] = values
        }
        return filters
    }

    private static func isValue(_ value: String, of facet: Facet) -> Bool {
        switch facet {
        case .credentialRequired, .credentialPreferred:
            value.utf8.count <= 16
                && value.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D }
        case .apprentices: value == "yes"
        case .specialty: Specialty(rawValue: value) != nil
        case .setting: value == "professional" || value == "facility"
        case .workplace: Workplace(rawValue: value) != nil
        case .state: USState(value) != nil
        case .employment: EmploymentType(rawValue: value) != nil
        case .salary: Facet.salarySteps.contains { String($0) == value }
        case .posted: Facet.postedSpans.contains { String($0) == value }
        case .employer: EmployerID(value) != nil
        }
    }

    private static func fault(_ field: String, _ message: String) -> ServiceError {
        ServiceError([FieldFault(field, message)])
    }
}
