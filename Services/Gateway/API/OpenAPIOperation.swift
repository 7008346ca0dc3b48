import RPC
import Contracts
import Schema

/// One call at one address, as OpenAPI has it.
struct OpenAPIOperation: Sendable {
    let value: JSONValue

    init(_ route: ContractRoute, schemas: inout OpenAPISchemas) {
        let service = route.method.fullName.split(separator: "/")[0].split(separator: ".").last ?? ""
        let words = OpenAPISchemas.words(route.descriptor.comment)
        value = .members([
            ("operationId", .string("\(service).\(route.descriptor.name)")),
            ("tags", [.string(String(service))]),
            ("summary", .string(words.isEmpty ? route.descriptor.name : Self.firstSentence(of: words))),
            ("description", .text(words)),
            ("parameters", .array(Self.parameters(of: route))),
            ("requestBody", Self.body(of: route, schemas: &schemas)),
            ("responses", .members(Self.responses(of: route, schemas: &schemas))),
            ("security", Self.security(of: route)),
        ])
    }

    private static func firstSentence(of words: String) -> String {
        guard let end = words.firstRange(of: ". ") else { return words }
        return String(words[..<end.lowerBound]) + "."
    }

    // MARK: Request

    private static func input(_ route: ContractRoute) -> [FieldDescriptor] {
        (Contract.schema.messages[route.descriptor.input]?.fields ?? []).filter { !$0.isServiceOnly }
    }

    private static func parameters(of route: ContractRoute) -> [JSONValue] {
        let fields = input(route)
        let inPath = route.template.fields
        var parameters: [JSONValue] = inPath.compactMap { name in
            fields.first { $0.name == name }.map { parameter($0, in: "path") }
        }
        if route.rule.body != "*" {
            let others = fields.filter {
                !inPath.contains($0.name) && $0.name != route.rule.body && $0.kind != .message
            }
            parameters += others.map { parameter($0, in: "query") }
        }
        if route.isTagged {
            parameters.append(header("If-None-Match", "The tag of the answer that the caller holds."))
        } else if route.rule.verb != "GET", !route.isForEveryone, !route.isFile {
            parameters.append(header("Idempotency-Key", "The same key makes a repeated request one request."))
        }
        if route.isEventStream {
            parameters.append(header("Last-Event-ID", "Goes on after this event of a stream that broke off."))
        }
        return parameters
    }

    private static func parameter(_ field: FieldDescriptor, in place: String) -> JSONValue {
        .members([
            ("name", .string(field.name)), ("in", .string(place)),
            ("required", place == "path" ? true : nil),
            ("description", .text(OpenAPISchemas.words(field.comment))),
            ("schema", OpenAPISchemas.schema(of: field, isRequired: place == "path")),
            ("example", field.isRepeated ? nil : OpenAPISchemas.example(of: field)),
        ])
    }

    private static func header(_ name: String, _ words: String) -> JSONValue {
        [
            "name": .string(name), "in": "header", "description": .string(words),
            "schema": ["type": "string", "maxLength": 256],
        ]
    }

    private static func body(of route: ContractRoute, schemas: inout OpenAPISchemas) -> JSONValue? {
        guard !route.rule.body.isEmpty else { return nil }
        let schema: JSONValue
        if route.rule.body == "*" {
            schema = schemas.reference(toRequest: route.descriptor.input, without: route.template.fields)
        } else {
            guard let field = input(route).first(where: { $0.name == route.rule.body }) else { return nil }
            schema = schemas.reference(to: field)
        }
        return ["required": true, "content": ["application/json": ["schema": schema]]]
    }

    // MARK: Replies

    private static func responses(of route: ContractRoute, schemas: inout OpenAPISchemas) -> [(String, JSONValue?)] {
        var responses: [(String, JSONValue?)] = [("200", success(of: route, schemas: &schemas))]
        if route.method == LookupAPI.Methods.getCodePage {
            responses.append(
                ("301", ["description": "The code is written otherwise: `Location` has its canonical form."]))
        }
        if route.isTagged {
            responses.append(("304", ["description": "The caller holds the answer already. It costs no view."]))
        }
        responses += OpenAPIDocument.failures.map { status, _ in
            (status, ["$ref": .string("#/components/responses/Problem\(status)")])
        }
        return responses
    }

    private static func success(of route: ContractRoute, schemas: inout OpenAPISchemas) -> JSONValue {
        var headers: [(String, JSONValue?)] = [
            ("X-Request-Id", ["$ref": "#/components/headers/X-Request-Id"]),
            ("RateLimit", ["$ref": "#/components/headers/RateLimit"]),
            ("RateLimit-Policy", ["$ref": "#/components/headers/RateLimit-Policy"]),
        ]
        if route.isTagged { headers.append(("ETag", ["$ref": "#/components/headers/ETag"])) }
        guard route.isEventStream else {
            let schema = schemas.reference(toReply: route.descriptor.output)
            return [
                "description": .string(OpenAPISchemas.firstWords(of: route.descriptor.output)),
                "headers": .members(headers), "content": ["application/json": ["schema": schema]],
            ]
        }
        let fields = Contract.schema.messages[route.descriptor.output]?.fields ?? []
        let events = fields.map { "`\($0.jsonName)` (\(schemas.name(of: $0.typeName)))" }.joined(separator: ", ")
        return [
            "description": .string(
                "Server-Sent Events, each with an id; the data is JSON: \(events); `error` (Problem) when it breaks off."
            ),
            "headers": .members(headers), "content": ["text/event-stream": ["schema": ["type": "string"]]],
        ]
    }

    /// Who may call: nobody has to be known for what is everyone's; guests are enough for what the services leave to them.
    private static func security(of route: ContractRoute) -> JSONValue {
        if route.isForEveryone || route.isBeforeLogin { return [] }
        let known: [JSONValue] = [["bearer": []], ["session": []]]
        switch route.service {
        case .accounts: return .array(known)
        case .lookup, .assistant: return .array(known + [["guest": []]])
        case .jobs: return .array(known + [.object([])])
        }
    }
}
