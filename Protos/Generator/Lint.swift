import Schema

/// What the contract must not hold, because protobuf-c or the runtime cannot carry it safely (the reasons: `Protos/README.md`).
struct Lint {
    let schema: DescriptorSet
    let own: [FileDescriptor]

    /// One sentence for each breach, with the place.
    func complaints() -> [String] {
        var result: [String] = []
        for file in own {
            for message in file.messages { result += complaints(message) }
            for service in file.services {
                for method in service.methods where Generator.namespaces[package(of: method.input)] == nil {
                    result.append("\(method.fullName): \(method.input) is not a message of the contract")
                }
            }
        }
        result += collisions()
        return result
    }

    private func complaints(_ message: MessageDescriptor) -> [String] {
        var result: [String] = []
        if message.isMapEntry {
            result.append("\(message.fullName): no map; protobuf-c has none: use a repeated message with key and value")
        }
        if reaches(message.fullName, from: message, seen: []) {
            result.append("\(message.fullName): no recursion; unpacking has no depth limit")
        }
        for field in message.fields {
            let place = "\(message.fullName).\(field.name)"
            if field.isProto3Optional { result.append("\(place): no `optional`; protoc-c refuses it in proto3") }
            if field.oneof != nil, !field.isProto3Optional {
                result.append("\(place): no `oneof`; use separate fields")
            }
            if field.kind == .string, !field.isStringAsBytes {
                result.append(
                    "\(place): add [(pb_c_field).string_as_bytes = true]; a C string is cut at NUL and unchecked")
            }
            if field.kind == .group { result.append("\(place): no group") }
        }
        for nested in message.messages { result += complaints(nested) }
        return result
    }

    private func reaches(_ name: String, from message: MessageDescriptor, seen: Set<String>) -> Bool {
        for field in message.fields where field.kind == .message {
            if field.typeName == name { return true }
            guard !seen.contains(field.typeName), let next = schema.messages[field.typeName] else { continue }
            if reaches(name, from: next, seen: seen.union([field.typeName])) { return true }
        }
        return false
    }

    private func collisions() -> [String] {
        var byID: [UInt32: String] = [:]
        var result: [String] = []
        for method in own.flatMap(\.services).flatMap(\.methods) {
            let id = methodID(method.fullName)
            if id == 0 { result.append("\(method.fullName): its id is 0, which means none; rename it") }
            if let other = byID.updateValue(method.fullName, forKey: id) {
                result.append("\(method.fullName) and \(other) have the same id; rename one")
            }
        }
        return result
    }

    private func package(of type: String) -> String {
        own.first { $0.messages.contains { $0.fullName == type } }?.package ?? ""
    }
}

/// FNV-1a 32 of the UTF-8 bytes, as the wire names methods.
func methodID(_ fullName: String) -> UInt32 {
    fullName.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
}
