import Schema

/// The Swift of a service: method constants, the protocol of the server side, the client, the routes.
struct ServiceWriter {
    let service: ServiceDescriptor
    let namespace: String

    func text() -> String {
        let methods = service.methods
        for method in methods where method.isClientStreaming || method.isServerStreaming {
            preconditionFailure("\(method.fullName): streams come with the RPC runtime's own issue")
        }
        return constants(methods) + serviceProtocol(methods) + client(methods) + routes(methods)
    }

    private func name(_ method: MethodDescriptor) -> String {
        SwiftWriter.escaped(method.name.prefix(1).lowercased() + method.name.dropFirst())
    }

    private func constants(_ methods: [MethodDescriptor]) -> String {
        var text =
            "\nextension \(namespace) {\n    /// The methods of `\(service.fullName)`.\n    package enum Methods {\n"
        for method in methods {
            let id = String(methodID(method.fullName), radix: 16)
            text += "        /// `\(method.fullName)`.\n        package static let \(name(method)) = Method(\n"
            text += "            fullName: \"\(method.fullName)\", id: 0x\(id), isIdempotent: \(method.isIdempotent))\n"
        }
        let all = methods.map(name).joined(separator: ", ")
        text += "\n        /// All of them, in the order of the contract.\n"
        return text + "        package static let all: [Method] = [\(all)]\n    }\n}\n"
    }

    private func serviceProtocol(_ methods: [MethodDescriptor]) -> String {
        var text = "\nextension \(namespace) {\n"
        text += SwiftWriter.comment(
            service.comment, indent: "    ", otherwise: "The server side of `\(service.fullName)`.")
        text += "    package protocol Service: Sendable {\n"
        for method in methods {
            text += SwiftWriter.comment(method.comment, indent: "        ", otherwise: "`\(method.fullName)`.")
            text += "        func \(name(method))(_ request: \(SwiftWriter.type(method.input)), context: CallContext)"
            text += " async throws(ServiceError) -> \(SwiftWriter.type(method.output))\n"
        }
        return text + "    }\n}\n"
    }

    private func client(_ methods: [MethodDescriptor]) -> String {
        var text = """

            extension \(namespace) {
                /// Calls `\(service.fullName)` over a channel.
                package struct Client: Sendable {
                    private let channel: any RPCChannel

                    /// - Parameter channel: where the calls go: a `Client` of RPC, or an `InProcessChannel`.
                    package init(_ channel: any RPCChannel) { self.channel = channel }

            """
        for method in methods {
            text += "\n" + SwiftWriter.comment(method.comment, indent: "        ", otherwise: "`\(method.fullName)`.")
            text += "        package func \(name(method))(_ request: \(SwiftWriter.type(method.input)), "
            text += "options: CallOptions = CallOptions()) async throws(ServiceError) -> "
            text += "\(SwiftWriter.type(method.output)) {\n"
            text +=
                "            try await channel.call(Methods.\(name(method)), request, options: options)\n        }\n"
        }
        return text + "    }\n}\n"
    }

    private func routes(_ methods: [MethodDescriptor]) -> String {
        var text = "\nextension \(namespace) {\n    /// The methods of a service as a server takes them.\n"
        text += "    package static func routes(_ service: some Service) -> [Route] {\n        [\n"
        for method in methods {
            text += "            Route(Methods.\(name(method))) { (request: \(SwiftWriter.type(method.input)), context)"
            text += " async throws(ServiceError) -> \(SwiftWriter.type(method.output)) in\n"
            text += "                try await service.\(name(method))(request, context: context)\n            },\n"
        }
        return text + "        ]\n    }\n}\n"
    }
}
