import Contracts
import HTTPTypes
import Hummingbird
import RPC
import Schema

/// Typeahead in the shape of the NLM's Clinical Table Search Service (clinicaltables.nlm.nih.gov, "API documentation"), so that widgets
/// made for it work unchanged: `[total, [code …], {extra field: [value …]} or null, [[display field …] …]]`.
///
/// A table holds the billable codes that are in force, in the order of their set. Terms are words of the code or its title, each from its
/// beginning. Free, as searching is.
struct ClinicalTables: Sendable {
    /// A table of the service.
    fileprivate struct Table: Sendable {
        let system: FHIRSystem
        /// The names that the service gives to code and title.
        let codeField: String
        let titleFields: [String]
        /// What is shown when `df` does not say.
        let display: [String]
    }

    /// The service's own limits: results unless said, results at most, and how far pages reach.
    private static let usualCount: UInt32 = 7
    private static let maximumCount: UInt32 = 500
    private static let maximumReach: UInt32 = 7_500
    /// The service reports no more than that.
    private static let maximumTotal: UInt32 = 10_000
    private static let maximumTerms = 200

    private static let tables: [String: Table] = [
        "icd10cm": Table(
            system: .icd10cm, codeField: "code", titleFields: ["name"], display: ["code", "name"]),
        "icd10pcs": Table(
            system: .icd10pcs, codeField: "code", titleFields: ["name"], display: ["code", "name"]),
        "icd9cm_dx": Table(
            system: .icd9cm, codeField: "code_dotted", titleFields: ["long_name", "short_name"],
            display: ["code_dotted", "long_name"]),
        "hcpcs": Table(
            system: .hcpcs, codeField: "code", titleFields: ["display", "long_desc", "short_desc"],
            display: ["code", "display"]),
    ]
    private static let parameters = [
        "terms", "maxList", "count", "offset", "df", "sf", "cf", "ef", "q", "authenticity_token",
    ]
    private static let headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-cache"]

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/clinicaltables/api/:table/v3/search", use: search)
    }

    @Sendable func search(_ request: Request, context: GatewayContext) async throws -> Response {
        guard let table = context.parameters.get("table").flatMap({ Self.tables[$0] }) else {
            throw HTTPError(
                .notFound,
                message: "There is no such table. There are \(Self.tables.keys.sorted().joined(separator: ", ")).")
        }
        let query = try Query(request, known: Self.parameters)
        let offset = try query.number("offset", otherwise: 0)
        let count = try query.count(usual: Self.usualCount, maximum: Self.maximumCount)
        guard offset + count <= Self.maximumReach else {
            throw SchemaError.invalid(field: "offset", reason: "with count reaches over \(Self.maximumReach)")
        }
        guard query["q"].isEmpty else {
            throw SchemaError.invalid(field: "q", reason: "is not served here: use terms and sf")
        }
        guard query["terms"].count <= Self.maximumTerms else {
            throw SchemaError.invalid(field: "terms", reason: "has at most \(Self.maximumTerms) characters")
        }
        let code = try query.fields("cf", otherwise: [table.codeField], of: table.fields)[0]
        let display = try query.fields("df", otherwise: table.display, of: table.fields)
        let extra = try query.fields("ef", otherwise: [], of: table.fields)
        _ = try query.fields("sf", otherwise: table.fields, of: table.fields)
        let reply = try await asking(.lookup) { () throws(ServiceError) in
            try await site.services.lookup.expandCodes(
                ReferenceAPI.ExpandCodesRequest(
                    system: table.system.rawValue, filter: query["terms"], billableOnly: true, activeOnly: true,
                    offset: offset, count: max(count, 1)),
                options: context.options(timeout: CallTimeouts.lookup))
        }
        let entries = count == 0 ? [] : reply.entries
        let value = { (entry: ReferenceAPI.ConceptEntry, field: String) -> JSONValue in
            .string(field == table.codeField ? entry.code : entry.display)
        }
        let answer: JSONValue = [
            .number("\(min(reply.total, Self.maximumTotal))"),
            .array(entries.map { value($0, code) }),
            extra.isEmpty
                ? .null
                : .members(extra.map { field in (field, .array(entries.map { value($0, field) })) }),
            .array(entries.map { entry in .array(display.map { value(entry, $0) }) }),
        ]
        let bytes = answer.bytes
        let tag = EntityTag(of: bytes)
        if let known = tag.named(by: request) { return JSONReply.unchanged(known, headers: Self.headers) }
        return JSONReply.make(bytes, headers: Self.headers, tag: tag)
    }

    /// The query, nothing of which is overlooked.
    private struct Query {
        private let pairs: [(String, String)]

        init(_ request: Request, known: [String]) throws {
            pairs = try FormFields.pairs(request.uri.query ?? "")
            for (name, _) in pairs where !known.contains(name) {
                throw SchemaError.invalid(
                    field: name, reason: "is not known; known are \(known.joined(separator: ", "))")
            }
        }

        subscript(_ name: String) -> String { pairs.first { $0.0 == name }?.1 ?? "" }

        func number(_ name: String, otherwise: UInt32) throws -> UInt32 {
            guard !self[name].isEmpty else { return otherwise }
            guard let number = UInt32(self[name]), number <= ClinicalTables.maximumTotal else {
                throw SchemaError.invalid(field: name, reason: "must be a whole number from 0 on")
            }
            return number
        }

        /// `count` goes before the older `maxList`; an empty one is as none.
        func count(usual: UInt32, maximum: UInt32) throws -> UInt32 {
            let name = self["count"].isEmpty ? "maxList" : "count"
            return min(try number(name, otherwise: usual), maximum)
        }

        /// A list of field names with commas between them.
        func fields(_ name: String, otherwise: [String], of known: [String]) throws -> [String] {
            guard !self[name].isEmpty else { return otherwise }
            let wanted = self[name].split(separator: ",").map(String.init)
            for field in wanted where !known.contains(field) {
                throw SchemaError.invalid(field: name, reason: "knows \(known.joined(separator: ", "))")
            }
            guard !wanted.isEmpty else { return otherwise }
            return wanted
        }
    }
}

extension ClinicalTables.Table {
    fileprivate var fields: [String] { [codeField] + titleFields }
}
