import Runtime
import Schema
import Testing

@testable import Gateway

@Suite("The contract as OpenAPI")
struct OpenAPITests {
    private static let document = Result {
        try JSONValue(
            OpenAPIDocument(
                origin: Origin("http://127.0.0.1:8080")!, sessionCookie: "session", guestCookie: "guest"
            ).bytes)
    }

    @Test("Every address is there, with a sentence, its replies and who may call")
    func complete() throws {
        let paths = try #require(try Self.document.get()["paths"])
        for route in ContractRoute.all {
            let place = "\(route.rule.verb) \(route.template.text)"
            let operation = try #require(paths[route.template.text]?[route.rule.verb.lowercased()], "\(place)")
            #expect(operation["summary"]?.string?.isEmpty == false)
            #expect(operation["responses"]?["200"] != nil && operation["responses"]?["503"] != nil)
            #expect(operation["security"] != nil)
            #expect((operation["requestBody"] != nil) == !route.rule.body.isEmpty, "\(place)")
            for field in route.template.fields {
                let parameter = operation["parameters"]?.elements.first { $0["name"]?.string == field }
                #expect(parameter?["in"]?.string == "path" && parameter?["required"] == true, "\(place)")
            }
        }
    }

    @Test("Every reference leads somewhere, and nothing that only services tell each other is shown")
    func references() throws {
        let document = try Self.document.get()
        var references: [String] = []
        var names: Set<String> = []
        func look(_ value: JSONValue) {
            switch value {
            case .object(let members):
                for (key, value) in members {
                    names.insert(key)
                    if key == "$ref", let text = value.string { references.append(text) }
                    look(value)
                }
            case .array(let elements): elements.forEach(look)
            default: break
            }
        }
        look(document)
        #expect(references.count > 100)
        for reference in Set(references) {
            var place: JSONValue? = document
            for word in reference.dropFirst(2).split(separator: "/") { place = place?[String(word)] }
            #expect(place != nil && place != .null, "\(reference)")
        }
        #expect(names.intersection(["licensedTexts", "principal", "guestId"]) == [])
    }

    @Test("Examples come from the comments")
    func examples() throws {
        let schemas = try #require(try Self.document.get()["components"]?["schemas"])
        #expect(schemas["Credential"]?["properties"]?["abbreviation"]?["examples"] == ["CPC-A"])
        #expect(schemas["SearchReply"]?["properties"]?["hits"]?["items"]?["$ref"] == "#/components/schemas/Hit")
        #expect(schemas["LogInRequest"]?["additionalProperties"] == false)
    }
}
