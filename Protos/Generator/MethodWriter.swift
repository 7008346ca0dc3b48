import Schema

/// The Swift of one method, in the form of its shape: what is one message is a parameter or a result, what is a stream of requests is
/// `Requests` to the server, what is a stream of replies a `ReplyWriter`; a client gets `Replies`, a `ClientStream` or a `DuplexStream`.
struct MethodWriter {
    let method: MethodDescriptor

    var name: String { SwiftWriter.escaped(method.name.prefix(1).lowercased() + method.name.dropFirst()) }

    /// What the contract says of the method, for a member of a type.
    var comment: String {
        SwiftWriter.comment(method.comment, indent: "        ", otherwise: "`\(method.fullName)`.")
    }

    private var input: String { SwiftWriter.type(method.input) }
    private var output: String { SwiftWriter.type(method.output) }

    /// The case of `CallShape`.
    private var shape: String {
        switch (method.isClientStreaming, method.isServerStreaming) {
        case (false, false): "unary"
        case (false, true): "serverStreaming"
        case (true, false): "clientStreaming"
        case (true, true): "bidirectional"
        }
    }

    /// `static let` of its `Method`.
    func constant() -> String {
        let id = String(methodID(method.fullName), radix: 16)
        var text = "        /// `\(method.fullName)`.\n        package static let \(name) = Method(\n"
        text += "            fullName: \"\(method.fullName)\", id: 0x\(id), isIdempotent: \(method.isIdempotent)"
        if shape != "unary" { text += ", shape: .\(shape)" }
        return text + ")\n"
    }

    /// The function that a handler has.
    func requirement() -> String {
        let requests = method.isClientStreaming ? "requests: Requests<\(input)>" : "request: \(input)"
        let replies = method.isServerStreaming ? ", to replies: ReplyWriter<\(output)>" : ""
        let result = method.isServerStreaming ? "" : " -> \(output)"
        return "func \(name)(_ \(requests)\(replies), context: CallContext) async throws(ServiceError)\(result)"
    }

    /// The client's function.
    func clientFunction() -> String {
        let options = "options: CallOptions = CallOptions()"
        let head: String
        let body: String
        switch shape {
        case "unary":
            head = "(_ request: \(input), \(options)) async throws(ServiceError) -> \(output)"
            body = "try await channel.call(Methods.\(name), request, options: options)"
        case "serverStreaming":
            head = "(_ request: \(input), \(options)) -> Replies<\(output)>"
            body = "channel.replies(Methods.\(name), request, options: options)"
        case "clientStreaming":
            head = "(\(options)) -> ClientStream<\(input), \(output)>"
            body = "channel.clientStream(Methods.\(name), options: options)"
        default:
            head = "(\(options)) -> DuplexStream<\(input), \(output)>"
            body = "channel.duplexStream(Methods.\(name), options: options)"
        }
        return "        package func \(name)\(head) {\n            \(body)\n        }\n"
    }

    /// Its element in the list of routes.
    func route() -> String {
        let label = shape == "unary" ? "" : "\(shape): "
        let requests = method.isClientStreaming ? "requests: Requests<\(input)>" : "request: \(input)"
        let replies = method.isServerStreaming ? ", replies: ReplyWriter<\(output)>" : ""
        let result = method.isServerStreaming ? "" : " -> \(output)"
        var text = "            Route(\(label)Methods.\(name)) { (\(requests)\(replies), context) "
        text += "async throws(ServiceError)\(result) in\n                try await service.\(name)"
        text += method.isClientStreaming ? "(requests" : "(request"
        text += method.isServerStreaming ? ", to: replies" : ""
        return text + ", context: context)\n            },\n"
    }
}
