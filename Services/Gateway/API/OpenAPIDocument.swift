import Contracts
import Runtime
import Schema

/// The contract as OpenAPI 3.1: every address, its request, its replies, in the words of the `.proto` files.
struct OpenAPIDocument: Sendable {
    /// The document as JSON.
    let bytes: [UInt8]

    /// - Parameters:
    ///   - origin: where the site is reached.
    ///   - sessionCookie: the name of the cookie that a browser's session has here.
    init(origin: Origin, sessionCookie: String, guestCookie: String) {
        var schemas = OpenAPISchemas()
        var paths: [(path: String, operations: [(String, JSONValue)])] = []
        for route in ContractRoute.all {
            let operation = OpenAPIOperation(route, schemas: &schemas).value
            let entry = (route.rule.verb.lowercased(), operation)
            if let index = paths.firstIndex(where: { $0.path == route.template.text }) {
                paths[index].operations.append(entry)
            } else {
                paths.append((route.template.text, [entry]))
            }
        }
        let document: JSONValue = [
            "openapi": "3.1.0",
            "info": [
                "title": "Coding Ahead", "version": "1",
                "description": .string(Self.description),
            ],
            "servers": [["url": .string(origin.description)]],
            "tags": .array(Self.tags),
            "paths": .members(paths.map { ($0.path, .members($0.operations)) }),
            "components": [
                "schemas": .members(schemas.all + [("Problem", Self.problem)]),
                "responses": .members(Self.problems),
                "headers": Self.headers,
                "securitySchemes": [
                    "bearer": [
                        "type": "http", "scheme": "bearer",
                        "description": "The token of a session (POST /v1/sessions) or an API key (POST /v1/me/keys).",
                    ],
                    "session": ["type": "apiKey", "in": "cookie", "name": .string(sessionCookie)],
                    "guest": ["type": "apiKey", "in": "cookie", "name": .string(guestCookie)],
                ],
            ],
        ]
        bytes = document.bytes
    }

    private static let description = """
        JSON as the protobuf contract has it: names in lowerCamelCase (snake_case is taken too), 64-bit integers as texts, every \
        field present in replies. Errors are application/problem+json (RFC 9457); `code` is gRPC's status name. \
        FHIR R4 terminology is at /fhir, typeahead of the NLM Clinical Tables shape at /clinicaltables.
        """

    private static var tags: [JSONValue] {
        var seen: Set<String> = []
        let services = Contract.schema.files.flatMap(\.services).filter { service in
            service.methods.contains { !$0.http.isEmpty } && seen.insert(service.name).inserted
        }
        return services.map { service in
            .members([("name", .string(service.name)), ("description", .text(OpenAPISchemas.words(service.comment)))])
        }
    }

    private static let headers: JSONValue = [
        "X-Request-Id": [
            "description": "The id of the request, as sent or made here.", "schema": ["type": "string"],
        ],
        "ETag": ["description": "For If-None-Match.", "schema": ["type": "string"]],
        "RateLimit": ["description": "What is left of the rate, and for how long.", "schema": ["type": "string"]],
        "RateLimit-Policy": ["description": "The rates in force.", "schema": ["type": "string"]],
        "Retry-After": ["description": "Seconds until another try is worth it.", "schema": ["type": "integer"]],
    ]

    private static let problem: JSONValue = [
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "required": ["type", "title", "status", "detail", "code", "requestId", "errors"],
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
            "detail": ["type": "string", "description": "What happened and what to do."],
            "code": ["type": "string", "description": "gRPC's status name.", "examples": ["INVALID_ARGUMENT"]],
            "requestId": ["type": "string"],
            "reason": ["type": "string", "description": "A word that a program can act on."],
            "resetAt": ["type": "string", "description": "When a meter starts again, RFC 3339 in UTC."],
            "errors": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["field", "reason"],
                    "properties": ["field": ["type": "string"], "reason": ["type": "string"]],
                ],
            ],
        ],
    ]

    /// What may go wrong with any call, by status.
    static let failures: [(status: String, words: String)] = [
        ("400", "Something in the request is wrong; `errors` names the field."),
        ("401", "Who asks is not known, and must be."),
        ("403", "Who asks may not."),
        ("404", "There is no such thing, or it is somebody else's."),
        ("409", "It exists already, was changed by somebody else, or the idempotency key was used for something else."),
        ("413", "The body is too long."),
        ("414", "The address is too long."),
        ("415", "The body is of another media type."),
        ("429", "A limit is used up; `Retry-After` and `resetAt` say until when."),
        ("500", "Something went wrong here; the request id finds it in the log."),
        ("501", "This call is not served."),
        ("503", "A service is away for a moment."),
        ("504", "A service did not answer in time."),
    ]

    private static var problems: [(String, JSONValue?)] {
        failures.map { status, words in
            (
                "Problem\(status)",
                [
                    "description": .string(words),
                    "headers": ["X-Request-Id": ["$ref": "#/components/headers/X-Request-Id"]],
                    "content": [
                        "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
                    ],
                ]
            )
        }
    }
}
