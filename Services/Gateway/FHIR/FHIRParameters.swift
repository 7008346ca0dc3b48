import HTTPTypes
import Hummingbird
import NIOCore
import RPC
import Schema

/// What an operation is asked with: the query of GET, or the Parameters resource of POST.
struct FHIRParameters: Sendable {
    /// An inline value set of some hundred codes fits.
    private static let maximumBodyBytes = 256 * 1024
    private static let mediaTypes: Set = ["application/fhir+json", "application/json"]

    /// A code with the system that it is of.
    struct Coding: Sendable, Equatable {
        var system = ""
        var version = ""
        var code = ""
        var display = ""
    }

    private let values: [(name: String, value: JSONValue)]

    /// - Throws: `HTTPError` 400 and 415, `SchemaError.invalid` for a body that is no Parameters resource.
    init(_ request: Request) async throws {
        var values = try FormFields.pairs(request.uri.query ?? "").map { (name: $0.0, value: JSONValue.string($0.1)) }
        if request.method == .post {
            let body: ByteBuffer
            do {
                body = try await request.body.collect(upTo: Self.maximumBodyBytes)
            } catch is NIOTooManyBytesError {
                throw HTTPError(.contentTooLarge, message: "A resource may be at most 256 KiB long here.")
            }
            let type = (request.headers[.contentType] ?? "").lowercased().prefix { $0 != ";" && $0 != " " }
            guard Self.mediaTypes.contains(String(type)) else {
                throw HTTPError(.unsupportedMediaType, message: "Send Parameters as application/fhir+json.")
            }
            values += try Self.parameters(of: try JSONValue(Array(buffer: body)))
        }
        self.values = values
    }

    private static func parameters(of resource: JSONValue) throws -> [(name: String, value: JSONValue)] {
        guard resource["resourceType"]?.string == "Parameters" else {
            throw SchemaError.invalid(field: "resourceType", reason: "must be Parameters")
        }
        return try resource["parameter"]?.elements.map { parameter in
            guard case .object(let members) = parameter, let name = parameter["name"]?.string,
                let value = members.first(where: { $0.key.hasPrefix("value") || $0.key == "resource" })?.value
            else { throw SchemaError.invalid(field: "parameter", reason: "has no name, or no value") }
            return (name, value)
        } ?? []
    }

    /// A text, a code, an address; empty when there is none.
    subscript(_ name: String) -> String {
        all(name).first ?? ""
    }

    /// All texts of a name, also those that a query holds with commas between them.
    func all(_ name: String) -> [String] {
        values.filter { $0.name == name }.compactMap { parameter in
            switch parameter.value {
            case .string(let text): text
            case .number(let text): text
            case .bool(let flag): flag ? "true" : "false"
            default: nil
            }
        }
    }

    func has(_ name: String) -> Bool { values.contains { $0.name == name } }

    /// A resource or another object.
    func object(_ name: String) -> JSONValue? {
        values.first { parameter in
            guard parameter.name == name, case .object = parameter.value else { return false }
            return true
        }?.value
    }

    /// - Throws: `SchemaError.invalid` when it is neither true nor false.
    func flag(_ name: String) throws -> Bool {
        switch self[name] {
        case "true": true
        case "", "false": false
        default: throw SchemaError.invalid(field: name, reason: "must be true or false")
        }
    }

    /// - Throws: `SchemaError.invalid` when it is no whole number from 0 on.
    func number(_ name: String, otherwise: UInt32) throws -> UInt32 {
        let text = self[name]
        guard !text.isEmpty else { return otherwise }
        guard let number = UInt32(text) else {
            throw SchemaError.invalid(field: name, reason: "must be a whole number from 0 on")
        }
        return number
    }

    /// The day of a date or a moment; empty when there is none.
    /// - Throws: `SchemaError.invalid` for a month or a year: which day of it is meant cannot be known.
    func day(_ name: String) throws -> String {
        let text = self[name]
        guard !text.isEmpty else { return "" }
        let day = text.prefix(10)
        guard day.utf8.count == 10, text.count == 10 || text.dropFirst(10).first == "T" else {
            throw SchemaError.invalid(field: name, reason: "must be a date with year, month and day")
        }
        return String(day)
    }

    /// The code that is asked about: `coding`, the first of `codeableConcept`, or the texts of these names.
    func coding(_ coding: String, concept: String = "", code: String, system: String, display: String = "") -> Coding {
        if let value = object(coding) { return Self.coding(value) }
        if !concept.isEmpty, let first = object(concept)?["coding"]?.elements.first { return Self.coding(first) }
        return Coding(
            system: self[system], version: self["version"], code: self[code],
            display: display.isEmpty ? "" : self[display])
    }

    static func coding(_ value: JSONValue) -> Coding {
        Coding(
            system: value["system"]?.string ?? "", version: value["version"]?.string ?? "",
            code: value["code"]?.string ?? "", display: value["display"]?.string ?? "")
    }
}
