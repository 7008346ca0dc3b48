import Contracts
import Schema

/// The messages of the contract as JSON Schema (2020-12), as they are needed.
struct OpenAPISchemas: Sendable {
    private enum Direction { case request, reply }

    /// In the order in which they were first needed.
    private(set) var all: [(String, JSONValue?)] = []
    private var known: Set<String> = []

    // MARK: References

    /// A reply, every field of which is there.
    mutating func reference(toReply type: String) -> JSONValue {
        define(type, .reply, without: [])
    }

    /// A request, without the fields that the path holds.
    mutating func reference(toRequest type: String, without fields: [String]) -> JSONValue {
        define(type, .request, without: fields)
    }

    /// A message field that is a request's body.
    mutating func reference(to field: FieldDescriptor) -> JSONValue {
        define(field.typeName, .request, without: [])
    }

    /// What a message is called: without the package where that is plain enough.
    func name(of type: String) -> String {
        let words = type.split(separator: ".")
        let short = words.drop { !($0.first?.isUppercase ?? false) }.joined(separator: "_")
        let isAmbiguous = Contract.schema.messages.keys.contains { other in
            other != type && other.hasSuffix("." + short.replacing("_", with: "."))
        }
        guard isAmbiguous else { return short }
        let package = words.dropLast().filter { $0 != "codingahead" && $0 != "v1" }.joined(separator: "_")
        return "\(package)_\(short)"
    }

    private mutating func define(_ type: String, _ direction: Direction, without left: [String]) -> JSONValue {
        let base = name(of: type)
        let isReply = direction == .reply
        let name = isReply || base.hasSuffix("Request") ? base : base + "_in"
        let reference: JSONValue = ["$ref": .string("#/components/schemas/\(name)")]
        guard known.insert(name).inserted, let message = Contract.schema.messages[type] else { return reference }
        let place = all.count
        all.append((name, nil))
        let fields = message.fields.filter { !$0.isServiceOnly && !left.contains($0.name) }
        var properties: [(String, JSONValue?)] = []
        for field in fields { properties.append((field.jsonName, property(field, direction))) }
        let required = fields.filter { $0.kind != .message || $0.isRepeated }.map { JSONValue.string($0.jsonName) }
        all[place].1 = .members([
            ("type", "object"), ("description", .text(Self.words(message.comment))),
            ("properties", .members(properties)),
            ("required", isReply && !required.isEmpty ? .array(required) : nil),
            ("additionalProperties", isReply ? nil : false),
        ])
        return reference
    }

    private mutating func property(_ field: FieldDescriptor, _ direction: Direction) -> JSONValue {
        guard field.kind == .message else {
            return Self.schema(of: field, isRequired: false, describes: true)
        }
        let reference = define(field.typeName, direction, without: [])
        let description = JSONValue.text(Self.words(field.comment))
        guard field.isRepeated else {
            return .members([("$ref", reference["$ref"]), ("description", description)])
        }
        return .members([("type", "array"), ("items", reference), ("description", description)])
    }

    // MARK: Fields

    /// The schema of a field that is no message.
    static func schema(of field: FieldDescriptor, isRequired: Bool, describes: Bool = false) -> JSONValue {
        var members = kind(of: field)
        if isRequired, field.kind == .string { members.append(("minLength", 1)) }
        let example = example(of: field).map { JSONValue.array([$0]) }
        let one = JSONValue.members(members + (field.isRepeated ? [] : describes ? [("examples", example)] : []))
        guard field.isRepeated || describes else { return one }
        let description: (String, JSONValue?) = ("description", describes ? .text(words(field.comment)) : nil)
        guard field.isRepeated else {
            return .object(one.allMembers + JSONValue.members([description]).allMembers)
        }
        return .members([("type", "array"), ("items", one), description])
    }

    private static func kind(of field: FieldDescriptor) -> [(String, JSONValue?)] {
        switch field.kind {
        case .string: [("type", "string")]
        case .bytes: [("type", "string"), ("contentEncoding", "base64")]
        case .bool: [("type", "boolean")]
        case .double, .float: [("type", "number")]
        case .int32, .sint32, .sfixed32:
            [("type", "integer"), ("minimum", -2_147_483_648), ("maximum", 2_147_483_647)]
        case .uint32, .fixed32: [("type", "integer"), ("minimum", 0), ("maximum", 4_294_967_295)]
        case .int64, .sint64, .sfixed64: [("type", "string"), ("format", "int64"), ("pattern", "^-?[0-9]{1,18}$")]
        case .uint64, .fixed64: [("type", "string"), ("format", "uint64"), ("pattern", "^[0-9]{1,19}$")]
        case .enum: [("type", "string"), ("enum", .array(names(of: field.typeName)))]
        case .message, .group: [("type", "object")]
        }
    }

    private static func names(of type: String) -> [JSONValue] {
        (Contract.schema.enums[type]?.values ?? []).map { .string($0.name) }
    }

    // MARK: Words

    /// A comment in one line.
    static func words(_ comment: String) -> String {
        comment.split(whereSeparator: \.isNewline).map { line in
            var line = line.drop(while: \.isWhitespace)
            while line.last?.isWhitespace == true { line.removeLast() }
            return String(line)
        }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    static func firstWords(of type: String) -> String {
        let text = words(Contract.schema.messages[type]?.comment ?? "")
        return text.isEmpty ? "The answer." : text
    }

    /// What a field's comment gives as an example (`e.g. CPC-A`), else what fields of its name hold.
    static func example(of field: FieldDescriptor) -> JSONValue? {
        guard field.kind == .string else { return nil }
        let text = words(field.comment)
        if let mark = text.firstRange(of: "e.g. ") ?? text.firstRange(of: "E.g. ") {
            let rest = text[mark.upperBound...].trimmingPrefix("\"")
            let end = rest.firstIndex { ",;\"·)".contains($0) } ?? rest.endIndex
            var word = rest[..<end]
            if let stop = word.firstRange(of: ". ") { word = word[..<stop.lowerBound] }
            while word.last == "." || word.last == " " { word.removeLast() }
            if !word.isEmpty { return .string(String(word)) }
        }
        if text.contains("YYYY-MM-DD") { return "2026-04-01" }
        return usual[field.name].map { .string($0) }
    }

    /// Examples for names that mean the same wherever they stand.
    private static let usual = [
        "system": "icd10cm", "code": "E11.9", "q": "type 2 diabetes", "on": "2026-04-01", "map": "icd9cm-icd10cm",
        "email": "coder@example.org", "password": "correct horse battery",
    ]
}

extension JSONValue {
    /// The members of an object; none for other values.
    fileprivate var allMembers: [(key: String, value: JSONValue)] {
        if case .object(let members) = self { members } else { [] }
    }
}
