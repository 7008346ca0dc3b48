import Contracts
import HTTPTypes
import Hummingbird
import RPC
import Schema

/// FHIR R4 terminology under `/fhir`: resources, operations by GET and POST, failures as OperationOutcome.
struct FHIREndpoint: RouterMiddleware {
    private static let prefix = "/fhir"

    private let site: Site
    private let startDate: String
    private let resources: FHIRResources
    private let operations: [String: @Sendable (FHIRCall) async throws -> Response]

    init(site: Site) {
        self.site = site
        startDate = String(FHIRValueSets.moment(site.surroundings.now()).prefix(10))
        resources = FHIRResources(site: site)
        let codes = FHIRCodes(site: site)
        let valueSets = FHIRValueSets(site: site)
        operations = [
            "CodeSystem/$lookup": codes.lookUp, "CodeSystem/$validate-code": codes.validate,
            "CodeSystem/$subsumes": codes.subsumes, "ValueSet/$expand": valueSets.expand,
            "ValueSet/$validate-code": valueSets.validate, "ConceptMap/$translate": FHIRMaps(site: site).translate,
        ]
    }

    func handle(
        _ request: Request, context: GatewayContext,
        next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        guard path == Self.prefix || path.hasPrefix(Self.prefix + "/") else { return try await next(request, context) }
        do {
            return try await answer(request, path.dropFirst(Self.prefix.count), context)
        } catch {
            let failure = Failure(error)
            if failure.status == .internalServerError { throw error }
            return FHIRFailure(failure: failure).reply(requestID: context.requestID)
        }
    }

    private func answer(_ request: Request, _ path: Substring, _ context: GatewayContext) async throws -> Response {
        try Self.requireJSON(request)
        let words = path.split(separator: "/").compactMap { PercentCoding.decode($0.utf8) }
        let editions = FHIREditions(
            try await asking(.lookup) { () throws(ServiceError) in
                try await site.services.lookup.listEditions(
                    LookupAPI.ListEditionsRequest(), options: context.options(timeout: CallTimeouts.lookup))
            })
        let isOperation = words.last?.hasPrefix("$") ?? false
        let isRead = request.method == .get || request.method == .head
        guard isRead || isOperation && request.method == .post else {
            throw HTTPError(
                .methodNotAllowed, headers: [.allow: isOperation ? "GET, HEAD, POST" : "GET, HEAD"],
                message: "This address is read, or an operation is asked for by POST.")
        }
        let call = FHIRCall(
            site: site, request: request, context: context, parameters: try await FHIRParameters(request),
            editions: editions, id: isOperation && words.count == 3 ? words[1] : "")
        context.coreContext.endpointPath.value = place(words)
        if words == ["metadata"] { return FHIRReply.make(statement(call), for: request) }
        guard let kind = words.first.flatMap(FHIRResources.Kind.init(rawValue:)) else { throw HTTPError(.notFound) }
        switch words.count {
        case 1: return FHIRReply.make(try resources.search(kind, call), for: request)
        case 2 where !isOperation:
            return FHIRReply.make(try resources.read(kind, id: words[1], call), for: request)
        case 2, 3:
            guard isOperation, let operation = operations["\(words[0])/\(words[words.count - 1])"] else {
                throw HTTPError(.notFound)
            }
            return try await operation(call)
        default: throw HTTPError(.notFound)
        }
    }

    /// What metrics and the log call an address: one of few, whatever a client asks for.
    private func place(_ words: [String]) -> String {
        guard let kind = words.first.flatMap(FHIRResources.Kind.init(rawValue:)), let last = words.last else {
            return words == ["metadata"] ? "/fhir/metadata" : "/fhir/other"
        }
        let operation = operations["\(kind.rawValue)/\(last)"] == nil ? "" : "/\(last)"
        return "/fhir/\(kind.rawValue)\(operation)"
    }

    private func statement(_ call: FHIRCall) -> JSONValue {
        let statements = FHIRStatements(origin: site.origin, editions: call.editions, date: startDate)
        return call.parameters["mode"] == "terminology" ? statements.terminology : statements.capability
    }

    /// - Throws: 406 when only another format is wanted: JSON is what there is.
    private static func requireJSON(_ request: Request) throws {
        let wanted = try FormFields.pairs(request.uri.query ?? "").first { $0.0 == "_format" }?.1
        let accepted = wanted ?? request.headers[.accept] ?? ""
        guard
            accepted.isEmpty || accepted.contains("json") || accepted.contains("*/*") || accepted.contains("text/html")
        else {
            throw HTTPError(.notAcceptable, message: "Resources are application/fhir+json here.")
        }
    }
}
