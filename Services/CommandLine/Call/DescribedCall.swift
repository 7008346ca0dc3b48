import NIOCore
import RPC
import Schema

/// A call of any of the four shapes by descriptor: JSON in, JSON out.
struct DescribedCall {
    let schema: DescriptorSet
    let method: MethodDescriptor

    private var called: RPC.Method {
        RPC.Method(
            fullName: method.fullName, id: RPC.Method.id(of: method.fullName), isIdempotent: method.isIdempotent,
            shape: shape)
    }

    private var shape: CallShape {
        switch (method.isClientStreaming, method.isServerStreaming) {
        case (false, false): .unary
        case (true, false): .clientStreaming
        case (false, true): .serverStreaming
        case (true, true): .bidirectional
        }
    }

    /// The requests in wire form: one JSON value, or one a line for a method that takes many.
    ///
    /// - Throws: `SchemaError` that names what does not fit.
    func requests(_ json: [UInt8]) throws(SchemaError) -> [[UInt8]] {
        let transcoder = Transcoder(schema)
        guard method.isClientStreaming else { return [try transcoder.message(method.input, json: json)] }
        var requests: [[UInt8]] = []
        for line in json.split(separator: 0x0A) where line.contains(where: { $0 > 0x20 }) {
            requests.append(try transcoder.message(method.input, json: Array(line)))
        }
        return requests
    }

    /// Makes the call; each reply is told as it comes.
    ///
    /// - Throws: how the call ended.
    func run(
        _ requests: [[UInt8]], on channel: any RPCChannel, options: CallOptions, reply: (String) -> Void
    ) async throws(ServiceError) {
        guard method.isClientStreaming || method.isServerStreaming else {
            return reply(try json(await channel.call(called, bytes: requests[0], options: options)))
        }
        let first = method.isClientStreaming ? nil : ByteBuffer(bytes: requests[0])
        let call = channel.open(called, request: first, options: options)
        if method.isClientStreaming {
            for request in requests { try await call.send(ByteBuffer(bytes: request)) }
            call.finish()
        }
        while let next = try await call.next() { reply(try json(Array(buffer: next))) }
    }

    private func json(_ bytes: [UInt8]) throws(ServiceError) -> String {
        do throws(SchemaError) {
            return String(decoding: try Transcoder(schema).json(from: bytes, message: method.output), as: UTF8.self)
        } catch {
            throw ServiceError(.internal, "the reply does not fit the contract: \(CallCommand.text(of: error))")
        }
    }
}
