import Contracts
import HTTPTypes
import Hummingbird
import RPC
import Schema
import Wire

/// A method of the contract at its address (`google.api.http`): the one way between JSON and wire bytes.
struct ContractRoute: Sendable {
    /// Bodies of our calls are short: an address and a password, a code, later a note.
    static let maximumBodyBytes = 64 * 1024

    private static let transcoder = Transcoder(Contract.schema)

    let method: Method
    private let descriptor: MethodDescriptor
    private let rule: MethodDescriptor.HTTPRule

    /// The method at the first address that the contract gives it.
    init(_ method: Method) {
        guard let descriptor = Contract.schema.methods[method.fullName], let rule = descriptor.http.first else {
            preconditionFailure("\(method.fullName) has no google.api.http address in Protos/")
        }
        self.method = method
        self.descriptor = descriptor
        self.rule = rule
    }

    /// Serves the address.
    func add(
        to router: Router<GatewayContext>,
        handler: @escaping @Sendable (Request, GatewayContext) async throws -> Response
    ) {
        let path = rule.path.split(separator: "/").map { part in
            part.hasPrefix("{") ? ":" + part.dropFirst().dropLast() : String(part)
        }
        router.on(
            RouterPath("/" + path.joined(separator: "/")),
            method: HTTPRequest.Method(rule.verb.uppercased()) ?? .get, use: handler)
    }

    /// The request that an HTTP request stands for, in wire form.
    /// - Throws: `SchemaError.invalid` for a field that does not exist or has another type, `HTTPError` 413 and 415 for the
    ///   body, 400 for an address that is not decodable.
    func message(from request: Request, context: GatewayContext) async throws -> [UInt8] {
        var body: [UInt8] = []
        if !rule.body.isEmpty {
            let mediaType = request.headers[.contentType].map { $0.prefix { $0 != ";" } } ?? ""
            guard mediaType.lowercased().filter({ $0 != " " }) == "application/json" else {
                throw HTTPError(.unsupportedMediaType, message: "Send the body as application/json.")
            }
            body = Array(buffer: try await request.body.collect(upTo: Self.maximumBodyBytes))
        }
        var path: [(String, String)] = []
        for part in rule.path.split(separator: "/") where part.hasPrefix("{") {
            let name = String(part.dropFirst().dropLast())
            guard let value = context.parameters.get(name).flatMap({ PercentCoding.decode($0.utf8) }) else {
                throw HTTPError(.badRequest, message: "The address is not decodable.")
            }
            path.append((name, value))
        }
        return try Self.transcoder.message(
            descriptor.input, rule: rule, path: path, query: try FormFields.pairs(request.uri.query ?? ""), body: body)
    }

    /// The same as a value.
    /// - Throws: the same.
    func value<Message: WireMessage>(
        _ type: Message.Type, from request: Request, context: GatewayContext
    ) async throws -> Message {
        try Wire.decode(type, from: try await message(from: request, context: context))
    }

    /// A reply's wire form as JSON.
    func json(_ reply: [UInt8]) throws -> [UInt8] {
        try Self.transcoder.json(from: reply, message: descriptor.output)
    }

    /// A reply as JSON.
    func json(_ reply: some WireMessage) throws -> [UInt8] {
        try json(try Wire.encode(reply))
    }
}
