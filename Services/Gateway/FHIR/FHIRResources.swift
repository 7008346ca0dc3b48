import Runtime
import Contracts
import Hummingbird
import RPC
import Schema

/// The resources that can be read and searched for: code systems by edition, value sets, concept maps.
struct FHIRResources: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case codeSystem = "CodeSystem"
        case valueSet = "ValueSet"
        case conceptMap = "ConceptMap"
    }

    /// Entries of one page of a search; there are never as many.
    private static let maximumCount: UInt32 = 200
    private static let filters = ["url", "version", "name", "title", "status", "_id", "system"]

    let site: Site

    /// - Throws: `notFound` when there is none with this id.
    func read(_ kind: Kind, id: String, _ call: FHIRCall) throws(ServiceError) -> JSONValue {
        guard let resource = all(kind, call).first(where: { $0["id"]?.string == id }) else {
            throw ServiceError(.notFound, "There is no \(kind.rawValue) \"\(id.prefix(64))\".")
        }
        return resource
    }

    /// A searchset Bundle; parameters that are not known are an error, so that nobody takes everything for an answer.
    /// - Throws: `SchemaError.invalid` for an unknown parameter or a count that is none.
    func search(_ kind: Kind, _ call: FHIRCall) throws -> JSONValue {
        let pairs = try FormFields.pairs(call.request.uri.query ?? "")
        for (name, _) in pairs where !(Self.filters + ["_count", "_format", "_summary"]).contains(name) {
            throw SchemaError.invalid(
                field: name, reason: "is not known; known are \(Self.filters.joined(separator: ", "))")
        }
        let found = all(kind, call).filter { resource in
            pairs.allSatisfy { name, value in Self.matches(resource, name, value) }
        }
        let count = min(try call.parameters.number("_count", otherwise: Self.maximumCount), Self.maximumCount)
        let address = "\(site.origin.description)/fhir/\(kind.rawValue)"
        return .members([
            ("resourceType", "Bundle"), ("type", "searchset"), ("total", .number("\(found.count)")),
            (
                "link",
                [["relation": "self", "url": .string(address + (call.request.uri.query.map { "?" + $0 } ?? ""))]]
            ),
            (
                "entry",
                count == 0 || found.isEmpty
                    ? nil
                    : .array(
                        found.prefix(Int(count)).map { resource in
                            [
                                "fullUrl": .string("\(address)/\(resource["id"]?.string ?? "")"), "resource": resource,
                                "search": ["mode": "match"],
                            ]
                        })
            ),
        ])
    }

    /// Texts match from their beginning whatever the case, addresses and codes as a whole (FHIR R4, "Search").
    private static func matches(_ resource: JSONValue, _ name: String, _ value: String) -> Bool {
        let values = value.split(separator: ",").map(String.init)
        switch name {
        case "_id": return values.contains(resource["id"]?.string ?? "")
        case "url", "version", "status": return values.contains(resource[name]?.string ?? "")
        case "system": return values.contains(resource["url"]?.string ?? "")
        case "name", "title":
            let text = (resource[name]?.string ?? "").lowercased()
            return values.contains { text.hasPrefix($0.lowercased()) }
        default: return true
        }
    }

    private func all(_ kind: Kind, _ call: FHIRCall) -> [JSONValue] {
        switch kind {
        case .codeSystem: call.editions.versions.map(Self.codeSystem)
        case .valueSet: call.editions.versions.map(Self.valueSet)
        case .conceptMap: FHIRMaps.Map.allCases.map(FHIRMaps(site: site).resource)
        }
    }

    private static func codeSystem(_ version: FHIREditions.Version) -> JSONValue {
        let system = version.system
        let isHierarchy = [.icd10cm, .icd10pcs, .icd9cm].contains(system)
        let properties: [(String, String, String)] = [
            ("parent", "code", "The heading that the code stands under."),
            ("child", "code", "A code under this heading."),
            ("inactive", "boolean", "Not in force on the day."), ("billable", "boolean", "May stand on a claim."),
            ("added", "string", "The day from which it was in force."),
            ("retired", "string", "The day from which it was not in force any more."),
            ("copyright", "string", "The owner's notice, which goes with every text."),
        ]
        return .members([
            ("resourceType", "CodeSystem"), ("id", .string(version.id)), ("url", .string(system.url)),
            ("version", .text(version.name)), ("name", .string(system.name)), ("title", .string(system.title)),
            ("status", version.isLatest ? "active" : "retired"), ("experimental", false),
            ("date", .text(version.effectiveDate)), ("publisher", .text(version.publisher)),
            ("copyright", .text(version.rights)), ("caseSensitive", false), ("valueSet", .string(system.valueSet)),
            ("hierarchyMeaning", isHierarchy ? "is-a" : nil), ("compositional", false), ("versionNeeded", false),
            ("content", "not-present"), ("count", .number("\(version.codes)")),
            (
                "property",
                .array(
                    properties.map { name, type, words in
                        ["code": .string(name), "description": .string(words), "type": .string(type)]
                    })
            ),
        ])
    }

    private static func valueSet(_ version: FHIREditions.Version) -> JSONValue {
        let system = version.system
        return .members([
            ("resourceType", "ValueSet"), ("id", .string(version.id)), ("url", .string(system.valueSet)),
            ("version", .text(version.name)), ("name", .string(system.name)),
            ("title", .string("All of \(system.title)")),
            ("status", version.isLatest ? "active" : "retired"), ("date", .text(version.effectiveDate)),
            ("copyright", .text(version.rights)), ("immutable", true),
            (
                "compose",
                [
                    "include": [
                        .members([("system", .string(system.url)), ("version", .text(version.name))])
                    ]
                ]
            ),
        ])
    }
}
