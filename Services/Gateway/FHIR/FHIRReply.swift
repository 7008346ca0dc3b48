import HTTPTypes
import Hummingbird
import Schema

/// Replies with a FHIR resource.
enum FHIRReply {
    static let mediaType = "application/fhir+json"
    private static let everyone: HTTPFields = [.contentType: mediaType, .cacheControl: "no-cache"]
    private static let own: HTTPFields = [
        .contentType: mediaType, .cacheControl: "private, no-cache", .vary: "Cookie, Authorization",
    ]

    /// What is the same for everyone, or 304 to who has it.
    static func make(_ resource: JSONValue, for request: Request) -> Response {
        let bytes = resource.bytes
        let tag = EntityTag(of: bytes)
        if let known = tag.named(by: request) { return JSONReply.unchanged(known, headers: everyone) }
        return JSONReply.make(bytes, headers: everyone, tag: tag)
    }

    /// What one reader was counted for, or may see and others not.
    static func own(_ resource: JSONValue) -> Response {
        JSONReply.make(resource.bytes, headers: own)
    }

    /// An operation's answer: parameters by name, those that are not there left out.
    static func parameters(_ parameters: [(String, JSONValue?)]) -> JSONValue {
        [
            "resourceType": "Parameters",
            "parameter": .array(parameters.compactMap { name, value in value.map { parameter(name, $0) } }),
        ]
    }

    /// One parameter, whose value is an object of `value[x]` or `part`.
    static func parameter(_ name: String, _ value: JSONValue) -> JSONValue {
        guard case .object(let members) = value else { return ["name": .string(name)] }
        return .object([(key: "name", value: .string(name))] + members)
    }

    static func text(_ type: String, _ text: String) -> JSONValue? {
        text.isEmpty ? nil : .object([(key: "value\(type)", value: .string(text))])
    }

    static func flag(_ flag: Bool) -> JSONValue { ["valueBoolean": .bool(flag)] }

    static func parts(_ parts: [(String, JSONValue?)]) -> JSONValue {
        ["part": .array(parts.compactMap { name, value in value.map { parameter(name, $0) } })]
    }

    static func coding(_ system: FHIRSystem?, version: String = "", code: String, display: String) -> JSONValue {
        .members([
            ("system", system.map { .string($0.url) }), ("version", .text(version)), ("code", .text(code)),
            ("display", .text(display)),
        ])
    }
}
