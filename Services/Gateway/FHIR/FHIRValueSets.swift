import Contracts
import Foundation
import Hummingbird
import RPC
import Schema

/// The operations of ValueSet. Every code set is a value set (`SYSTEM?fhir_vs`), and so are the codes below each of its
/// headings (`SYSTEM?fhir_vs=isa/CODE`); a client may also send one of this kind along.
struct FHIRValueSets: Sendable {
    /// What a value set holds.
    struct Content: Sendable, Equatable {
        let system: FHIRSystem
        var version = ""
        /// Only codes below this heading; empty: all.
        var below = ""

        var url: String { system.valueSet + (below.isEmpty ? "" : "=isa/\(below)") }
    }

    /// Codes of one page, and the offset up to which pages are given.
    private static let maximumCount: UInt32 = 1_000
    private static let maximumOffset: UInt32 = 100_000

    private let site: Site
    private let codes: FHIRCodes

    init(site: Site) {
        self.site = site
        codes = FHIRCodes(site: site)
    }

    /// `$expand`: the codes, a page at a time, and how many there are.
    @Sendable func expand(_ call: FHIRCall) async throws -> Response {
        let content = try content(call)
        let count = try call.parameters.number("count", otherwise: 100)
        let offset = try call.parameters.number("offset", otherwise: 0)
        guard offset <= Self.maximumOffset else {
            throw ServiceError(
                .resourceExhausted, "Pages end at \(Self.maximumOffset) codes: use a filter.", field: "offset",
                reason: "too_costly")
        }
        let coding = FHIRParameters.Coding(system: content.system.url, version: content.version)
        let day = try call.day(content.system, coding)
        let request = ReferenceAPI.ExpandCodesRequest(
            system: content.system.rawValue, filter: call.parameters["filter"], below: content.below,
            billableOnly: try call.parameters.flag("excludeNotForUI"),
            activeOnly: try call.parameters.flag("activeOnly"), on: day, offset: offset,
            count: min(max(count, 1), Self.maximumCount))
        let reply = try await asking(.lookup) { () throws(ServiceError) in
            try await site.services.lookup.expandCodes(request, options: call.options)
        }
        let entries = count == 0 ? [] : reply.entries
        return FHIRReply.own(
            Self.valueSet(
                content, reply: reply, contains: entries.map { Self.contains($0, content.system, reply.version) },
                offset: offset, call: call))
    }

    private static func contains(
        _ entry: ReferenceAPI.ConceptEntry, _ system: FHIRSystem, _ version: String
    ) -> JSONValue {
        .members([
            ("system", .string(system.url)), ("abstract", entry.abstract ? true : nil),
            ("inactive", entry.inactive ? true : nil), ("version", .text(version)), ("code", .string(entry.code)),
            ("display", .text(entry.display)),
        ])
    }

    private static func valueSet(
        _ content: Content, reply: ReferenceAPI.ExpandCodesReply, contains: [JSONValue], offset: UInt32, call: FHIRCall
    ) -> JSONValue {
        var used: [JSONValue] = ["filter", "activeOnly", "excludeNotForUI", "offset", "count", "date"].compactMap {
            name in
            let text = call.parameters[name]
            guard !text.isEmpty else { return nil }
            switch name {
            case "offset", "count": return ["name": .string(name), "valueInteger": .number(text)]
            case "activeOnly", "excludeNotForUI": return ["name": .string(name), "valueBoolean": .bool(text == "true")]
            default: return ["name": .string(name), "valueString": .string(text)]
            }
        }
        used.append(["name": "version", "valueUri": .string("\(content.system.url)|\(reply.version)")])
        if reply.isCut { used.append(["name": "limitedExpansion", "valueBoolean": true]) }
        return .members([
            ("resourceType", "ValueSet"), ("url", .string(content.url)), ("version", .text(reply.version)),
            ("name", .string(content.system.name)), ("title", .string(content.system.title)), ("status", "active"),
            ("copyright", .text(reply.copyright)),
            (
                "expansion",
                .members([
                    ("identifier", .string("urn:uuid:\(UUID().uuidString.lowercased())")),
                    ("timestamp", .string(Self.moment(call.site.surroundings.now()))),
                    ("total", .number("\(reply.total)")), ("offset", .number("\(offset)")),
                    ("parameter", .array(used)), ("contains", contains.isEmpty ? nil : .array(contains)),
                ])
            ),
        ])
    }

    /// `$validate-code`: whether a code is one of the value set.
    @Sendable func validate(_ call: FHIRCall) async throws -> Response {
        let content = try content(call)
        var coding = call.parameters.coding(
            "coding", concept: "codeableConcept", code: "code", system: "system", display: "display")
        if coding.system.isEmpty { coding.system = content.system.url }
        guard FHIRSystem(url: coding.system) == content.system else {
            let reply = ReferenceAPI.ValidateCodeReply(
                message: "\(content.url) holds no codes of \(coding.system.prefix(200)).", code: coding.code)
            return FHIRReply.make(FHIRCodes.verdict(reply, content.system), for: call.request)
        }
        if coding.version.isEmpty { coding.version = content.version }
        var reply = try await codes.check(coding, content.system, call)
        if reply.result, !content.below.isEmpty {
            let request = ReferenceAPI.SubsumesRequest(
                system: content.system.rawValue, codeA: content.below, codeB: reply.code,
                on: try call.day(content.system, coding))
            let relation = try await asking(.lookup) { () throws(ServiceError) in
                try await site.services.lookup.subsumes(request, options: call.options)
            }
            if relation.outcome != "subsumes" {
                reply.result = false
                reply.message = "\(reply.code) is not below \(content.below)."
            }
        }
        return FHIRReply.make(FHIRCodes.verdict(reply, content.system), for: call.request)
    }

    // MARK: Which value set

    private func content(_ call: FHIRCall) throws -> Content {
        if !call.id.isEmpty {
            guard let version = call.editions.versions.first(where: { $0.id == call.id }) else {
                throw ServiceError(.notFound, "There is no value set \"\(call.id)\".")
            }
            return Content(system: version.system, version: version.isLatest ? "" : version.effectiveDate)
        }
        var content: Content
        if let sent = call.parameters.object("valueSet") {
            content = try Self.content(sent, call)
        } else {
            content = try Self.content(url: try call.required(call.parameters["url"], "url"), call)
        }
        if content.version.isEmpty { content.version = call.parameters["valueSetVersion"] }
        return content
    }

    /// `SYSTEM?fhir_vs`, `SYSTEM?fhir_vs=isa/CODE`, or the address under which we list the set.
    private static func content(url: String, _ call: FHIRCall) throws(ServiceError) -> Content {
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let system = FHIRSystem(url: String(parts[0])) else {
            throw ServiceError(
                .notFound, "The value set \"\(url.prefix(200))\" is not served here. A code set is SYSTEM?fhir_vs.",
                field: "url")
        }
        if parts[1] == "fhir_vs" { return Content(system: system) }
        let prefix = "fhir_vs=isa/"
        guard parts[1].hasPrefix(prefix), parts[1].utf8.count > prefix.utf8.count else {
            throw ServiceError(
                .unimplemented, "Only ?fhir_vs and ?fhir_vs=isa/CODE are served of a code set.", field: "url")
        }
        return Content(system: system, below: String(parts[1].dropFirst(prefix.utf8.count)))
    }

    /// One include of a whole system, or of what is below one code.
    private static func content(_ valueSet: JSONValue, _ call: FHIRCall) throws(ServiceError) -> Content {
        let includes = valueSet["compose"]?["include"]?.elements ?? []
        guard includes.count == 1, let include = includes.first, valueSet["compose"]?["exclude"] == nil,
            include["concept"] == nil, include["valueSet"] == nil
        else {
            throw ServiceError(
                .unimplemented, "A value set sent along has one include: a system, perhaps below a code.",
                field: "valueSet")
        }
        let system = try call.system(include["system"]?.string ?? "", field: "valueSet.compose.include.system")
        var content = Content(system: system, version: include["version"]?.string ?? "")
        let filters = include["filter"]?.elements ?? []
        guard let filter = filters.first else { return content }
        guard filters.count == 1, filter["property"]?.string == "concept",
            ["is-a", "descendent-of"].contains(filter["op"]?.string ?? ""),
            let value = filter["value"]?.string, !value.isEmpty
        else {
            throw ServiceError(
                .unimplemented, "The one filter that is served is concept is-a CODE.",
                field: "valueSet.compose.include.filter")
        }
        content.below = value
        return content
    }

    static func moment(_ seconds: Int) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
}
