import CMeasure
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2
import GRPCProtobuf
import SwiftProtobuf

/// grpc-swift-2 over its NIO transport, SwiftProtobuf on both sides, in its default configuration but for the message limit and the reader
/// pause of the stream. `serve` | `load PORT PID IN_FLIGHT SECONDS SIZE` | `stream PORT PID COUNT SIZE EVERY PAUSE_US`.
@main
struct Peer {
    typealias Text = Google_Protobuf_StringValue

    static let unary = MethodDescriptor(fullyQualifiedService: "peers.Echo", method: "Unary")
    static let stream = MethodDescriptor(fullyQualifiedService: "peers.Echo", method: "Stream")
    static let limit = 16 * 1024 * 1024

    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch (words.first, words.count) {
        case ("serve", 1): try await serve()
        case ("load", 6):
            guard let port = Int(words[1]), let pid = Int32(words[2]), let inFlight = Int(words[3]),
                let seconds = Double(words[4]), let size = Int(words[5])
            else { exit(64) }
            try await load(port: port, pid: pid, inFlight: inFlight, seconds: seconds, size: size)
        case ("stream", 7):
            guard let port = Int(words[1]), let pid = Int32(words[2]), let count = Int(words[3]),
                let size = Int(words[4]),
                let every = Int(words[5]), let pause = Int(words[6])
            else { exit(64) }
            try await read(port: port, pid: pid, count: count, size: size, every: every, pause: .microseconds(pause))
        default: exit(64)
        }
        exit(0)
    }

    // MARK: Server

    struct Echo: RegistrableRPCService {
        func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
            router.registerHandler(
                forMethod: Peer.unary, deserializer: ProtobufDeserializer<Text>(),
                serializer: ProtobufSerializer<Text>()
            ) { request, _ in
                let single = try await ServerRequest(stream: request)
                return StreamingServerResponse(single: ServerResponse(message: single.message))
            }
            // The text is "COUNT SIZE".
            router.registerHandler(
                forMethod: Peer.stream, deserializer: ProtobufDeserializer<Text>(),
                serializer: ProtobufSerializer<Text>()
            ) { request, _ in
                let numbers = try await ServerRequest(stream: request).message.value.split(separator: " ").compactMap {
                    Int($0)
                }
                return StreamingServerResponse { writer in
                    let message = Text(String(repeating: "x", count: numbers[1]))
                    for _ in 0..<numbers[0] { try await writer.write(message) }
                    return [:]
                }
            }
        }
    }

    static func serve() async throws {
        var configuration = HTTP2ServerTransport.Posix.Config.defaults
        configuration.rpc.maxRequestPayloadSize = limit
        let transport = HTTP2ServerTransport.Posix(
            address: .ipv4(host: "127.0.0.1", port: 0), transportSecurity: .plaintext, config: configuration)
        let server = GRPCServer(transport: transport, services: [Echo()])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.serve() }
            guard let port = try await transport.listeningAddress.ipv4?.port else { exit(1) }
            print(port)
            fflush(nil)
            try await group.waitForAll()
        }
    }

    // MARK: Clients

    static func withClient(
        port: Int, _ body: @Sendable @escaping (GRPCClient<HTTP2ClientTransport.Posix>) async throws -> Void
    ) async throws {
        let transport = try HTTP2ClientTransport.Posix(
            target: .ipv4(address: "127.0.0.1", port: port), transportSecurity: .plaintext)
        try await withGRPCClient(transport: transport) { client in try await body(client) }
    }

    static func load(port: Int, pid: Int32, inFlight: Int, seconds: Double, size: Int) async throws {
        let message = Text(String(repeating: "x", count: size))
        var options = CallOptions.defaults
        options.maxResponseMessageBytes = limit
        let callOptions = options
        // Calls end on several threads: the stopwatch is entered by one at a time.
        let stopwatch = Stopwatch()
        try await withClient(port: port) { client in
            measure_begin(pid, seconds)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<inFlight {
                    group.addTask {
                        var isMore = true
                        while isMore {
                            let begun = measure_now()
                            let reply = try await client.unary(
                                request: ClientRequest(message: message), descriptor: unary,
                                serializer: ProtobufSerializer<Text>(), deserializer: ProtobufDeserializer<Text>(),
                                options: callOptions
                            ) { response in try response.message }
                            guard reply.value.utf8.count == message.value.utf8.count else { exit(1) }
                            isMore = stopwatch.record(begun)
                        }
                    }
                }
                try await group.waitForAll()
            }
            measure_print()
        }
    }

    static func read(port: Int, pid: Int32, count: Int, size: Int, every: Int, pause: Duration) async throws {
        try await withClient(port: port) { client in
            measure_stream_begin(pid)
            let read = try await client.serverStreaming(
                request: ClientRequest(message: Text("\(count) \(size)")), descriptor: stream,
                serializer: ProtobufSerializer<Text>(), deserializer: ProtobufDeserializer<Text>(), options: .defaults
            ) { response in
                var read = 0
                for try await _ in response.messages {
                    read += 1
                    if read % every == 0 { try await Task.sleep(for: pause) }
                }
                return read
            }
            measure_stream_end(UInt64(read))
        }
    }
}
