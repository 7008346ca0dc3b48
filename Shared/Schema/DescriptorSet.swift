/// The contract as data: every file, message, enum, service and method, read from a serialised `google.protobuf.FileDescriptorSet`
/// (descriptor.proto of protobuf; field numbers below are from there).
package struct DescriptorSet: Sendable {
    package private(set) var files: [FileDescriptor] = []
    /// By full name, nested ones included.
    package private(set) var messages: [String: MessageDescriptor] = [:]
    package private(set) var enums: [String: EnumDescriptor] = [:]
    /// By "package.Service/Method".
    package private(set) var methods: [String: MethodDescriptor] = [:]

    /// - Throws: `SchemaError.malformed` when the bytes are no descriptor set.
    package init(_ bytes: UnsafeRawBufferPointer) throws(SchemaError) {
        var reader = ProtobufReader(bytes)
        while let (number, value) = try reader.next() {
            guard number == 1, case .bytes(let file) = value else { continue }
            files.append(try FileDescriptor(file))
        }
        for file in files {
            index(file.messages)
            for type in file.enums { enums[type.fullName] = type }
            for service in file.services {
                for method in service.methods { methods[method.fullName] = method }
            }
        }
    }

    private mutating func index(_ types: [MessageDescriptor]) {
        for type in types {
            messages[type.fullName] = type
            for nested in type.enums { enums[nested.fullName] = nested }
            index(type.messages)
        }
    }
}
