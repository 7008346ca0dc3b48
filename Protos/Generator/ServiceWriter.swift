import Schema

/// The Swift of a service: method constants, the protocol of the server side, the client, the routes; each method in the form of its shape.
struct ServiceWriter {
    let service: ServiceDescriptor
    let namespace: String

    func text() -> String {
        let methods = service.methods.map { MethodWriter(method: $0) }
        return constants(methods) + serviceProtocol(methods) + client(methods) + routes(methods)
    }

    private func constants(_ methods: [MethodWriter]) -> String {
        var text =
            "\nextension \(namespace) {\n    /// The methods of `\(service.fullName)`.\n    package enum Methods {\n"
        for method in methods { text += method.constant() }
        let all = methods.map(\.name).joined(separator: ", ")
        text += "\n        /// All of them, in the order of the contract.\n"
        return text + "        package static let all: [Method] = [\(all)]\n    }\n}\n"
    }

    private func serviceProtocol(_ methods: [MethodWriter]) -> String {
        var text = "\nextension \(namespace) {\n"
        text += SwiftWriter.comment(
            service.comment, indent: "    ", otherwise: "The server side of `\(service.fullName)`.")
        text += "    package protocol Service: Sendable {\n"
        for method in methods { text += method.comment + "        \(method.requirement())\n" }
        return text + "    }\n}\n"
    }

    private func client(_ methods: [MethodWriter]) -> String {
        var text = """

            extension \(namespace) {
                /// Calls `\(service.fullName)` over a channel.
                package struct Client: Sendable {
                    private let channel: any RPCChannel

                    /// - Parameter channel: where the calls go: a `Client` of RPC, or an `InProcessChannel`.
                    package init(_ channel: any RPCChannel) { self.channel = channel }

            """
        for method in methods { text += "\n" + method.comment + method.clientFunction() }
        return text + "    }\n}\n"
    }

    private func routes(_ methods: [MethodWriter]) -> String {
        var text = "\nextension \(namespace) {\n    /// The methods of a service as a server takes them.\n"
        text += "    package static func routes(_ service: some Service) -> [Route] {\n        [\n"
        for method in methods { text += method.route() }
        return text + "        ]\n    }\n}\n"
    }
}
