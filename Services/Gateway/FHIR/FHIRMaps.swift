import Runtime
import Contracts
import Hummingbird
import RPC
import Schema

/// The operations and resources of ConceptMap: the General Equivalence Mappings, both ways.
struct FHIRMaps: Sendable {
    /// One direction of the GEMs.
    enum Map: String, CaseIterable, Sendable {
        case forward = "icd9cm-icd10cm"
        case backward = "icd10cm-icd9cm"

        var source: FHIRSystem { self == .forward ? .icd9cm : .icd10cm }
        var target: FHIRSystem { self == .forward ? .icd10cm : .icd9cm }
        var title: String { "\(source.title) to \(target.title) (GEMs)" }
    }

    let site: Site

    func url(_ map: Map) -> String { "\(site.origin.description)/fhir/ConceptMap/\(map.rawValue)" }

    /// `$translate`: what a code comes to in the other set.
    @Sendable func translate(_ call: FHIRCall) async throws -> Response {
        let coding = call.parameters.coding("coding", concept: "codeableConcept", code: "code", system: "system")
        let map = try map(call, coding)
        let request = ReferenceAPI.TranslateCodeRequest(
            sourceSystem: map.source.rawValue, targetSystem: map.target.rawValue,
            code: try call.required(coding.code, "code"))
        let reply = try await asking(.lookup) { () throws(ServiceError) in
            try await site.services.lookup.translateCode(request, options: call.options)
        }
        let matches = reply.matches.map { match -> (String, JSONValue?) in
            let target = FHIRSystem(rawValue: match.system)
            return (
                "match",
                FHIRReply.parts([
                    ("equivalence", FHIRReply.text("Code", match.equivalence)),
                    (
                        "concept",
                        match.code.isEmpty
                            ? nil
                            : ["valueCoding": FHIRReply.coding(target, code: match.code, display: match.display)]
                    ),
                    ("source", FHIRReply.text("Uri", url(map))),
                    ("comment", FHIRReply.text("String", match.comment)),
                ])
            )
        }
        let first: [(String, JSONValue?)] = [
            ("result", FHIRReply.flag(reply.result)), ("message", FHIRReply.text("String", reply.message)),
        ]
        return FHIRReply.make(FHIRReply.parameters(first + matches), for: call.request)
    }

    /// The map that an address, `url`, or source and target name.
    private func map(_ call: FHIRCall, _ coding: FHIRParameters.Coding) throws(ServiceError) -> Map {
        let parameters = call.parameters
        if !call.id.isEmpty {
            guard let map = Map(rawValue: call.id) else {
                throw ServiceError(.notFound, "There is no concept map \"\(call.id)\".")
            }
            return map
        }
        if !parameters["url"].isEmpty {
            guard let map = Map.allCases.first(where: { url($0) == parameters["url"] }) else {
                throw ServiceError(
                    .notFound, "The concept map \"\(parameters["url"].prefix(200))\" is not served here.", field: "url")
            }
            return map
        }
        let source = try call.system(coding.system)
        let wanted = parameters["targetsystem"]
        let target = wanted.isEmpty ? nil : try call.system(wanted, field: "targetsystem")
        let map = Map.allCases.first { $0.source == source && (target == nil || $0.target == target) }
        guard let map else {
            throw ServiceError(
                .notFound, "There is a map between ICD-9-CM and ICD-10-CM, and none from \(source.title) to that.",
                field: "targetsystem")
        }
        return map
    }

    func resource(_ map: Map) -> JSONValue {
        [
            "resourceType": "ConceptMap", "id": .string(map.rawValue), "url": .string(url(map)),
            "name": .string(map == .forward ? "GEM9To10" : "GEM10To9"), "title": .string(map.title),
            "status": "active", "publisher": "Centers for Medicare & Medicaid Services",
            "sourceUri": .string(map.source.valueSet), "targetUri": .string(map.target.valueSet),
        ]
    }
}
