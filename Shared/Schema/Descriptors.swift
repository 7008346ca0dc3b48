/// One `.proto` file.
package struct FileDescriptor: Sendable, Equatable {
    package var name = ""
    package var package = ""
    package var messages: [MessageDescriptor] = []
    package var enums: [EnumDescriptor] = []
    package var services: [ServiceDescriptor] = []
}

/// A message type. Nested messages stand in `DescriptorSet.messages` under their full name too.
package struct MessageDescriptor: Sendable, Equatable {
    package var name = ""
    /// E.g. "codingahead.lookup.v1.CodePage", without a leading dot.
    package var fullName = ""
    package var fields: [FieldDescriptor] = []
    package var messages: [MessageDescriptor] = []
    package var enums: [EnumDescriptor] = []
    package var oneofs: [String] = []
    package var isMapEntry = false
    package var comment = ""
}

/// A field of a message.
package struct FieldDescriptor: Sendable, Equatable {
    /// The numbers of `google.protobuf.FieldDescriptorProto.Type`.
    package enum Kind: Int, Sendable {
        case double = 1, float, int64, uint64, int32, fixed64, fixed32, bool, string, group, message, bytes, uint32
        case `enum`, sfixed32, sfixed64, sint32, sint64
    }
    package var name = ""
    package var jsonName = ""
    package var number = 0
    package var kind = Kind.int32
    package var isRepeated = false
    /// Full name of the message or enum, without a leading dot.
    package var typeName = ""
    package var oneof: Int?
    package var isProto3Optional = false
    /// protobuf-c keeps it as length and bytes instead of a C string.
    package var isStringAsBytes = false
    /// Set by a service for another, never by JSON from outside.
    package var isServiceOnly = false
    package var comment = ""
}

/// An enum type.
package struct EnumDescriptor: Sendable, Equatable {
    package struct Value: Sendable, Equatable {
        package var name = ""
        package var number: Int32 = 0
        package var comment = ""
    }
    package var name = ""
    package var fullName = ""
    package var values: [Value] = []
    package var comment = ""
}

/// A service.
package struct ServiceDescriptor: Sendable, Equatable {
    package var name = ""
    package var fullName = ""
    package var methods: [MethodDescriptor] = []
    package var comment = ""
}

/// A method of a service.
package struct MethodDescriptor: Sendable, Equatable {
    /// An address from `google.api.http`.
    package struct HTTPRule: Sendable, Equatable {
        package var verb = ""
        /// Template such as "/v1/codes/{system}/{code}".
        package var path = ""
        /// "*", a field's name, or empty when the request has no body.
        package var body = ""
    }
    package var name = ""
    /// "package.Service/Method".
    package var fullName = ""
    package var input = ""
    package var output = ""
    package var isClientStreaming = false
    package var isServerStreaming = false
    package var isIdempotent = false
    package var http: [HTTPRule] = []
    package var comment = ""
}
