import HTTPTypes
import Hummingbird
import NIOCore
import RPC
import Schema
import Wire

/// A request that stands for a call of the contract.
struct ContractCall: Sendable {
    let route: ContractRoute
    /// The path's fields as they stand in the address.
    let pathValues: [Substring]
    let request: Request
    let context: GatewayContext

    /// Nobody looks at the answer yet, or at its body: nothing may be counted.
    var isUnopened: Bool { request.method == .head || request.isPrefetch }

    /// The request message in wire form, without the fields that are Gateway's to set.
    /// - Throws: `SchemaError.invalid` for a field that does not exist or has another type, `HTTPError` 413 and 415 for the
    ///   body, 400 for an address that is not decodable.
    func message() async throws -> [UInt8] {
        var path: [(String, String)] = []
        for (name, value) in zip(route.template.fields, pathValues) {
            guard let value = PercentCoding.decode(value.utf8) else {
                throw HTTPError(.badRequest, message: "The address is not decodable.")
            }
            path.append((name, value))
        }
        return try ContractRoute.transcoder.message(
            route.descriptor.input, rule: route.rule, path: path,
            query: try FormFields.pairs(request.uri.query ?? ""), body: try await body())
    }

    /// The same as a value.
    /// - Throws: the same.
    func value<Message: WireMessage>(_ type: Message.Type) async throws -> Message {
        try Wire.decode(type, from: try await message())
    }

    /// A reply as JSON.
    func json(_ reply: some WireMessage) throws -> [UInt8] {
        try route.json(try Wire.encode(reply))
    }

    /// The body's JSON; empty when there is none, or the call takes none.
    private func body() async throws -> [UInt8] {
        guard !route.rule.body.isEmpty else { return [] }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: route.maximumBody)
        } catch is NIOTooManyBytesError {
            throw HTTPError(
                .contentTooLarge, message: "The body of this call may be at most \(route.maximumBody / 1024) KiB long.")
        }
        let mediaType = request.headers[.contentType].map { $0.prefix { $0 != ";" } }
        guard body.readableBytes > 0 || mediaType != nil else { return [] }
        guard let mediaType, mediaType.lowercased().filter({ $0 != " " && $0 != "\t" }) == "application/json" else {
            throw HTTPError(.unsupportedMediaType, message: "Send the body as application/json.")
        }
        guard request.headers[.contentEncoding] == nil else {
            throw HTTPError(.unsupportedMediaType, message: "Send the body as it is, without Content-Encoding.")
        }
        return Array(buffer: body)
    }
}
