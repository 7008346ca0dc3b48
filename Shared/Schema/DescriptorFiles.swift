/// The files of a serialised `google.protobuf.FileDescriptorSet` as they came, to be handed on: a file with what it imports.
package struct DescriptorFiles: Sendable {
    private struct File: Sendable {
        var name = ""
        var imports: [String] = []
        var bytes: [UInt8] = []
        var symbols: Set<String> = []
        var services: [String] = []
    }

    private let files: [File]

    /// - Throws: `SchemaError.malformed` when the bytes are no descriptor set.
    package init(_ bytes: UnsafeRawBufferPointer) throws(SchemaError) {
        var files: [File] = []
        var reader = ProtobufReader(bytes)
        while let (number, value) = try reader.next() {
            guard number == 1, case .bytes(let content) = value else { continue }
            files.append(try DescriptorFiles.file(content))
        }
        self.files = files
    }

    /// Full names of the services that are declared, in the order of the files.
    package var services: [String] { files.flatMap(\.services) }

    /// A descriptor set of the file that declares a symbol (a service, a message, an enum or "package.Service/Method") and of all that it
    /// imports, imports first; of every file when the symbol is empty; nil for an unknown one.
    package func serialized(declaring symbol: String) -> [UInt8]? {
        var chosen: [File] = []
        if symbol.isEmpty {
            chosen = files
        } else {
            guard let file = files.first(where: { $0.symbols.contains(symbol) }) else { return nil }
            add(file, to: &chosen)
        }
        return chosen.flatMap { [0x0A] + DescriptorFiles.varint($0.bytes.count) + $0.bytes }
    }

    private func add(_ file: File, to chosen: inout [File]) {
        guard !chosen.contains(where: { $0.name == file.name }) else { return }
        for name in file.imports {
            if let imported = files.first(where: { $0.name == name }) { add(imported, to: &chosen) }
        }
        chosen.append(file)
    }

    // descriptor.proto: FileDescriptorProto has its name in field 1, what it imports in field 3.
    private static func file(_ content: UnsafeRawBufferPointer) throws(SchemaError) -> File {
        var file = File()
        file.bytes = Array(content)
        var reader = ProtobufReader(content)
        while let (number, value) = try reader.next() {
            guard case .bytes(let bytes) = value else { continue }
            switch number {
            case 1: file.name = String(decoding: bytes, as: UTF8.self)
            case 3: file.imports.append(String(decoding: bytes, as: UTF8.self))
            default: continue
            }
        }
        let descriptor = try FileDescriptor(content)
        for service in descriptor.services {
            file.services.append(service.fullName)
            file.symbols.insert(service.fullName)
            file.symbols.formUnion(service.methods.map(\.fullName))
        }
        file.symbols.formUnion(descriptor.enums.map(\.fullName))
        insert(descriptor.messages, into: &file.symbols)
        return file
    }

    private static func insert(_ messages: [MessageDescriptor], into symbols: inout Set<String>) {
        for message in messages {
            symbols.insert(message.fullName)
            symbols.formUnion(message.enums.map(\.fullName))
            insert(message.messages, into: &symbols)
        }
    }

    private static func varint(_ number: Int) -> [UInt8] {
        var rest = UInt64(number)
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
