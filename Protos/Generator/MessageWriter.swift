import Schema

/// The Swift of a message: a struct, and its way to and from the C struct of protobuf-c.
struct MessageWriter {
    let schema: DescriptorSet
    let message: MessageDescriptor

    func text(indent: String) -> String {
        let inner = indent + "    "
        var text = SwiftWriter.comment(message.comment, indent: indent, otherwise: "`\(message.fullName)`.")
        text += "\(indent)package struct \(message.name): WireMessage {\n"
        for type in message.enums { text += EnumWriter.text(type, indent: inner) + "\n" }
        for nested in message.messages {
            text += MessageWriter(schema: schema, message: nested).text(indent: inner) + "\n"
        }
        for field in message.fields {
            text += SwiftWriter.comment(field.comment, indent: inner, otherwise: "Field \(field.number).")
            text += "\(inner)package var \(name(field)): \(type(field))\n"
        }
        text += initializers(inner) + conformance(inner)
        return text + "\(indent)}\n"
    }

    private func initializers(_ indent: String) -> String {
        var text = message.fields.isEmpty ? "" : "\n"
        text += "\(indent)/// Every field at its default.\n\(indent)package init() {"
        if message.fields.isEmpty { return text + "}\n" }
        text += "\n"
        for field in message.fields { text += "\(indent)    \(name(field)) = \(defaultValue(field))\n" }
        text += "\(indent)}\n\n\(indent)/// A field that is left out has its default.\n\(indent)package init(\n"
        let parameters = message.fields.map { "\(indent)    \(name($0)): \(type($0)) = \(defaultValue($0))" }
        text += parameters.joined(separator: ",\n") + "\n\(indent)) {\n"
        for field in message.fields { text += "\(indent)    self.\(name(field)) = \(name(field))\n" }
        return text + "\(indent)}\n"
    }

    private func conformance(_ indent: String) -> String {
        let function = CNames.function(message.fullName)
        let c = CNames.type(message.fullName)
        var text = "\n\(indent)package static var descriptor: UnsafePointer<ProtobufCMessageDescriptor> {\n"
        text += "\(indent)    \(function)__descriptor_pointer()\n\(indent)}\n"
        text += "\n\(indent)package init(reading c: UnsafePointer<\(c)>) throws(WireError) {\n"
        for field in message.fields { text += "\(indent)    \(name(field)) = \(reading(field))\n" }
        text += "\(indent)}\n\n\(indent)package func fill(_ c: UnsafeMutablePointer<\(c)>, in arena: Arena) {\n"
        text += "\(indent)    \(function)__init(c)\n"
        for field in message.fields {
            let member = "c.pointee.\(member(field))"
            if field.isRepeated { text += "\(indent)    c.pointee.n_\(self.member(field)) = \(name(field)).count\n" }
            text += "\(indent)    \(member) = \(filling(field))\n"
        }
        return text + "\(indent)}\n"
    }

    private func name(_ field: FieldDescriptor) -> String { SwiftWriter.escaped(SwiftWriter.camel(field.name)) }

    private func member(_ field: FieldDescriptor) -> String {
        let keywords: Set = ["default", "register", "union", "short", "long", "int", "char", "float", "double", "auto"]
        return keywords.contains(field.name) ? field.name + "_" : SwiftWriter.escaped(field.name)
    }

    private func elementType(_ field: FieldDescriptor) -> String {
        switch field.kind {
        case .double: "Double"
        case .float: "Float"
        case .int64, .sint64, .sfixed64: "Int64"
        case .uint64, .fixed64: "UInt64"
        case .int32, .sint32, .sfixed32: "Int32"
        case .uint32, .fixed32: "UInt32"
        case .bool: "Bool"
        case .string: "String"
        case .bytes: "[UInt8]"
        case .message, .enum: SwiftWriter.type(field.typeName)
        case .group: preconditionFailure("refused by the lint")
        }
    }

    private func type(_ field: FieldDescriptor) -> String {
        if field.isRepeated { return "[\(elementType(field))]" }
        return field.kind == .message ? elementType(field) + "?" : elementType(field)
    }

    private func defaultValue(_ field: FieldDescriptor) -> String {
        if field.isRepeated || field.kind == .bytes { return "[]" }
        switch field.kind {
        case .string: return "\"\""
        case .bool: return "false"
        case .message: return "nil"
        case .enum:
            guard let type = schema.enums[field.typeName], let zero = type.values.first(where: { $0.number == 0 })
            else { preconditionFailure("\(field.typeName) has no zero value") }
            return "." + EnumWriter.caseName(zero, of: type)
        default: return "0"
        }
    }

    private func reading(_ field: FieldDescriptor) -> String {
        let member = "c.pointee.\(member(field))"
        if field.isRepeated {
            let count = "c.pointee.n_\(self.member(field))"
            return "try Wire.list(\(count), \(member))"
        }
        switch field.kind {
        case .string, .bytes, .message: return "try Wire.value(\(member))"
        case .bool: return "\(member) != 0"
        case .enum: return "\(elementType(field))(wire: \(member).rawValue)"
        default: return member
        }
    }

    private func filling(_ field: FieldDescriptor) -> String {
        if field.isRepeated { return "arena.list(\(name(field)))" }
        switch field.kind {
        case .string, .bytes, .message: return "arena.value(\(name(field)))"
        case .bool: return "\(name(field)) ? 1 : 0"
        case .enum: return "\(CNames.type(field.typeName))(rawValue: \(name(field)).wire)"
        default: return name(field)
        }
    }
}
