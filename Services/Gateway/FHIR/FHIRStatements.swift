import Runtime
import Schema

/// What this server can do, as FHIR says it: CapabilityStatement and TerminologyCapabilities.
struct FHIRStatements: Sendable {
    /// The version of FHIR that is spoken.
    private static let fhirVersion = "4.0.1"

    let origin: Origin
    let editions: FHIREditions
    /// The day of the program's start, for `date`.
    let date: String

    private var common: [(String, JSONValue?)] {
        [
            ("status", "active"), ("date", .string(date)), ("publisher", "Coding Ahead"), ("kind", "instance"),
            ("software", ["name": "Coding Ahead", "version": "1"]),
            (
                "implementation",
                ["description": "Medical code sets and crosswalks", "url": .string("\(origin.description)/fhir")]
            ),
        ]
    }

    var capability: JSONValue {
        let own: [(String, JSONValue?)] = [
            ("resourceType", "CapabilityStatement"), ("id", "codingahead"),
            ("url", .string("\(origin.description)/fhir/metadata")), ("name", "CodingAhead"),
            ("title", "Coding Ahead terminology service"),
        ]
        let abilities: [(String, JSONValue?)] = [
            ("fhirVersion", .string(Self.fhirVersion)), ("format", ["application/fhir+json", "json"]),
            ("instantiates", ["http://hl7.org/fhir/CapabilityStatement/terminology-server"]),
            ("rest", .array([rest])),
        ]
        return .members(own + common + abilities)
    }

    private var rest: JSONValue {
        let base = "http://hl7.org/fhir/OperationDefinition/"
        let security: JSONValue = [
            "cors": true,
            "description":
                "CodeSystem/$lookup costs a view: Authorization: Bearer with a session or API key. The rest is free.",
        ]
        let resources = [
            resource("CodeSystem", ["lookup", "validate-code", "subsumes"], base: base + "CodeSystem-"),
            resource("ValueSet", ["expand", "validate-code"], base: base + "ValueSet-"),
            resource("ConceptMap", ["translate"], base: base + "ConceptMap-"),
        ]
        return ["mode": "server", "security": security, "resource": .array(resources)]
    }

    private func resource(_ type: String, _ operations: [String], base: String) -> JSONValue {
        let parameters: [(String, String)] = [
            ("_id", "token"), ("url", "uri"), ("version", "token"), ("name", "string"), ("title", "string"),
            ("status", "token"),
        ]
        return [
            "type": .string(type),
            "interaction": [["code": "read"], ["code": "search-type"]],
            "versioning": "no-version",
            "searchParam": .array(parameters.map { ["name": .string($0), "type": .string($1)] }),
            "operation": .array(operations.map { ["name": .string($0), "definition": .string(base + $0)] }),
        ]
    }

    var terminology: JSONValue {
        let systems: [JSONValue] = FHIRSystem.allCases.compactMap { system in
            let versions = editions.versions.filter { $0.system == system && !$0.name.isEmpty }
            guard !versions.isEmpty else { return nil }
            return [
                "uri": .string(system.url),
                "version": .array(
                    versions.map { version in
                        [
                            "code": .string(version.name), "isDefault": .bool(version.isLatest), "compositional": false,
                        ]
                    }), "subsumption": true,
            ]
        }
        let own: [(String, JSONValue?)] = [
            ("resourceType", "TerminologyCapabilities"), ("id", "codingahead-terminology"),
            ("url", .string("\(origin.description)/fhir/metadata?mode=terminology")),
            ("name", "CodingAheadTerminology"), ("title", "Coding Ahead terminology service"),
        ]
        let names: [JSONValue] = ["filter", "offset", "count", "activeOnly", "date"].map { ["name": .string($0)] }
        let expansion: JSONValue = [
            "hierarchical": false, "paging": true, "incomplete": true, "parameter": .array(names),
            "textFilter": "Words that the code or its display holds; the last may be unfinished.",
        ]
        let abilities: [(String, JSONValue?)] = [
            ("codeSystem", systems.isEmpty ? nil : .array(systems)), ("expansion", expansion),
            ("codeSearch", "explicit"), ("validateCode", ["translations": false]),
            ("translation", ["needsMap": false]),
        ]
        return .members(own + common + abilities)
    }
}
