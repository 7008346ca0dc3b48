// Field numbers: google/protobuf/descriptor.proto; 72295728: google/api/annotations.proto (http); 1019:
// protobuf-c/protobuf-c.proto (pb_c_field); 51001 and 51002: options.proto of this project.

private func text(_ value: ProtobufReader.Value) throws(SchemaError) -> String {
    guard case .bytes(let bytes) = value else { throw .malformed("a string is expected") }
    return String(decoding: bytes, as: UTF8.self)
}

private func integer(_ value: ProtobufReader.Value) throws(SchemaError) -> Int {
    guard case .varint(let number) = value else { throw .malformed("an integer is expected") }
    return Int(truncatingIfNeeded: number)
}

private func message(_ value: ProtobufReader.Value) throws(SchemaError) -> ProtobufReader {
    guard case .bytes(let bytes) = value else { throw .malformed("a message is expected") }
    return ProtobufReader(bytes)
}

private func withoutDot(_ name: String) -> String { name.hasPrefix(".") ? String(name.dropFirst()) : name }

/// Comments by the path of `SourceCodeInfo.Location`.
private struct Comments {
    var byPath: [[Int]: String] = [:]

    subscript(_ path: [Int]) -> String { byPath[path] ?? "" }

    /// Reads one SourceCodeInfo.
    mutating func read(_ reader: ProtobufReader) throws(SchemaError) {
        var reader = reader
        while let (number, value) = try reader.next() {
            guard number == 1 else { continue }
            var location = try message(value)
            var path: [Int] = []
            var comment = ""
            while let (number, value) = try location.next() {
                if number == 1 {
                    var packed = try message(value)
                    while !packed.isAtEnd { path.append(Int(truncatingIfNeeded: try packed.varint())) }
                } else if number == 3 {
                    comment = try text(value)
                }
            }
            if !comment.isEmpty { byPath[path] = comment }
        }
    }
}

extension FileDescriptor {
    init(_ bytes: UnsafeRawBufferPointer) throws(SchemaError) {
        var comments = Comments()
        var reader = ProtobufReader(bytes)
        while let (number, value) = try reader.next() {
            switch number {
            case 1: name = try text(value)
            case 2: package = try text(value)
            case 9: try comments.read(try message(value))
            default: break
            }
        }
        reader = ProtobufReader(bytes)
        let prefix = package.isEmpty ? "" : package + "."
        while let (number, value) = try reader.next() {
            switch number {
            case 4: messages.append(try .init(message(value), prefix, [4, messages.count], comments))
            case 5: enums.append(try .init(message(value), prefix, [5, enums.count], comments))
            case 6: services.append(try .init(message(value), prefix, [6, services.count], comments))
            default: break
            }
        }
    }
}

extension MessageDescriptor {
    fileprivate init(_ reader: ProtobufReader, _ prefix: String, _ path: [Int], _ comments: Comments)
        throws(SchemaError)
    {
        var names = reader
        while let (number, value) = try names.next() {
            if number == 1 { name = try text(value) }
        }
        fullName = prefix + name
        comment = comments[path]
        var reader = reader
        while let (number, value) = try reader.next() {
            switch number {
            case 2: fields.append(try .init(message(value), comments[path + [2, fields.count]]))
            case 3: messages.append(try .init(message(value), fullName + ".", path + [3, messages.count], comments))
            case 4: enums.append(try .init(message(value), fullName + ".", path + [4, enums.count], comments))
            case 7:
                var options = try message(value)
                while let (number, value) = try options.next() {
                    if number == 7 { isMapEntry = try integer(value) != 0 }
                }
            case 8:
                var oneof = try message(value)
                while let (number, value) = try oneof.next() {
                    if number == 1 { oneofs.append(try text(value)) }
                }
            default: break
            }
        }
    }
}

extension FieldDescriptor {
    fileprivate init(_ reader: ProtobufReader, _ comment: String) throws(SchemaError) {
        self.comment = comment
        var reader = reader
        while let (number, value) = try reader.next() {
            switch number {
            case 1: name = try text(value)
            case 3: self.number = try integer(value)
            case 4: isRepeated = try integer(value) == 3
            case 5:
                guard let kind = Kind(rawValue: try integer(value)) else { throw .malformed("unknown field type") }
                self.kind = kind
            case 6: typeName = withoutDot(try text(value))
            case 8:
                var options = try message(value)
                while let (number, value) = try options.next() {
                    if number == 51002 { isServiceOnly = try integer(value) != 0 }
                    guard number == 1019 else { continue }
                    var own = try message(value)
                    while let (number, value) = try own.next() {
                        if number == 1 { isStringAsBytes = try integer(value) != 0 }
                    }
                }
            case 9: oneof = try integer(value)
            case 10: jsonName = try text(value)
            case 17: isProto3Optional = try integer(value) != 0
            default: break
            }
        }
    }
}

extension EnumDescriptor {
    fileprivate init(_ reader: ProtobufReader, _ prefix: String, _ path: [Int], _ comments: Comments)
        throws(SchemaError)
    {
        comment = comments[path]
        var reader = reader
        while let (number, value) = try reader.next() {
            switch number {
            case 1: name = try text(value)
            case 2:
                var entry = Value()
                entry.comment = comments[path + [2, values.count]]
                var fields = try message(value)
                while let (number, value) = try fields.next() {
                    if number == 1 { entry.name = try text(value) }
                    if number == 2 { entry.number = Int32(truncatingIfNeeded: try integer(value)) }
                }
                values.append(entry)
            default: break
            }
        }
        fullName = prefix + name
    }
}

extension ServiceDescriptor {
    fileprivate init(_ reader: ProtobufReader, _ prefix: String, _ path: [Int], _ comments: Comments)
        throws(SchemaError)
    {
        comment = comments[path]
        var names = reader
        while let (number, value) = try names.next() {
            if number == 1 { name = try text(value) }
        }
        fullName = prefix + name
        var reader = reader
        while let (number, value) = try reader.next() {
            guard number == 2 else { continue }
            methods.append(try .init(message(value), fullName, comments[path + [2, methods.count]]))
        }
    }
}

extension MethodDescriptor {
    fileprivate init(_ reader: ProtobufReader, _ service: String, _ comment: String) throws(SchemaError) {
        self.comment = comment
        var reader = reader
        while let (number, value) = try reader.next() {
            switch number {
            case 1: name = try text(value)
            case 2: input = withoutDot(try text(value))
            case 3: output = withoutDot(try text(value))
            case 4:
                var options = try message(value)
                while let (number, value) = try options.next() {
                    if number == 51001 { isIdempotent = try integer(value) != 0 }
                    if number == 72_295_728 { http.append(try HTTPRule(message(value))) }
                }
            case 5: isClientStreaming = try integer(value) != 0
            case 6: isServerStreaming = try integer(value) != 0
            default: break
            }
        }
        fullName = service + "/" + name
    }
}

extension MethodDescriptor.HTTPRule {
    fileprivate init(_ reader: ProtobufReader) throws(SchemaError) {
        let verbs = [2: "GET", 3: "PUT", 4: "POST", 5: "DELETE", 6: "PATCH"]
        var reader = reader
        while let (number, value) = try reader.next() {
            if let verb = verbs[number] {
                self.verb = verb
                path = try text(value)
            } else if number == 7 {
                body = try text(value)
            }
        }
    }
}
