import Contracts
import InteropCases
import NIOCore
import RPC
import Testing
import Wire

/// Peers that break the rules of streams and credit.
@Suite struct HostileStreamTests {
    private typealias Peer = HostilePeerTests

    /// CallHeader of gRPC's FullDuplexCall, and of EmptyCall.
    static let duplex = header(InteropAPI.Methods.fullDuplexCall)
    static let empty = header(InteropAPI.Methods.emptyCall)

    static func header(_ method: RPC.Method) -> [UInt8] {
        [0x0D] + withUnsafeBytes(of: method.id.littleEndian, Array.init)
    }

    static func credit(_ bytes: UInt32, stream: UInt32) -> [UInt8] {
        Peer.frame(0x06, stream: stream, payload: withUnsafeBytes(of: bytes.littleEndian, Array.init))
    }

    private static let opened = Peer.greeting + Peer.frame(0x10, flags: 0x20, header: duplex, stream: 1)
    private static let full = Peer.frame(0x11, flags: 2, stream: 1, payload: [UInt8](repeating: 0, count: 60_000))

    /// What a breach is called, its code in ERROR, and the bytes that make it.
    static let breaches: [(String, ConnectionCode, [UInt8])] = [
        (
            "DATA after LAST", .protocol,
            opened + Peer.frame(0x11, flags: 0x21, stream: 1) + Peer.frame(0x11, stream: 1, payload: [8, 0])
        ),
        ("NONE with a message", .protocol, opened + Peer.frame(0x11, flags: 0x21, stream: 1, payload: [8, 0])),
        ("NONE without LAST", .protocol, opened + Peer.frame(0x11, flags: 0x20, stream: 1)),
        ("NONE and MORE", .protocol, opened + Peer.frame(0x11, flags: 0x22, stream: 1)),
        (
            "NONE while fragments are missing", .protocol,
            opened + Peer.frame(0x11, flags: 2, stream: 1, payload: [8]) + Peer.frame(0x11, flags: 0x21, stream: 1)
        ),
        (
            "a CALL of NONE with a message", .protocol,
            Peer.greeting + Peer.frame(0x10, flags: 0x20, stream: 1, payload: [8, 0])
        ),
        ("CREDIT before CALL", .protocol, Peer.greeting + credit(1, stream: 1)),
        ("CREDIT of nothing", .protocol, opened + credit(0, stream: 1)),
        ("CREDIT of three bytes", .protocol, opened + Peer.frame(0x06, stream: 1, payload: [1, 0, 0])),
        ("CREDIT above the most, on a stream", .flowControl, opened + credit(.max, stream: 1)),
        (
            "CREDIT above the most, on the connection", .flowControl,
            opened + credit(0x7FFF_FFFF, stream: 0) + credit(0x7FFF_FFFF, stream: 0)
        ),
        ("INIT from a client", .protocol, opened + Peer.frame(0x15, stream: 1)),
        ("COMPRESSED", .protocol, Peer.greeting + Peer.frame(0x10, flags: 0x05, stream: 1)),
        ("CRC", .protocol, Peer.greeting + Peer.frame(0x10, flags: 0x09, stream: 1)),
        ("ATTACHMENT", .protocol, Peer.greeting + Peer.frame(0x10, flags: 0x11, stream: 1)),
    ]

    private func serving(_ body: (Server, Int) async throws -> Void) async throws {
        try await withServer(routes: InteropAPI.routes(InteropService()), body)
    }

    @Test(arguments: breaches)
    func `a breach is answered by ERROR with its code`(
        _ name: String, _ code: ConnectionCode, _ bytes: [UInt8]
    ) async throws {
        try await serving { server, port in
            let peer = try await RawPeer(port: port)
            try await peer.send(bytes)
            #expect(try await peer.frame(0x05).first == UInt8(code.rawValue))
            try await peer.untilClosed()
            try await eventually { server.connectionCount == 0 }
        }
    }

    @Test func `bytes beyond the credit of a stream that is not read end the connection`() async throws {
        let gate = Gate()
        let deaf = RPC.Method(
            fullName: "test.Echo/DeafStream", id: RPC.Method.id(of: "test.Echo/DeafStream"), isIdempotent: false,
            shape: .clientStreaming)
        let route = Route(clientStreaming: deaf) {
            (_: Requests<InteropAPI.StreamingInputCallRequest>, _) async throws(ServiceError) -> InteropAPI.Empty in
            await gate.opened()
            return InteropAPI.Empty()
        }
        try await withServer(routes: [route]) { _, port in
            let peer = try await RawPeer(port: port)
            let message = [UInt8](repeating: 0, count: 40_000)
            try await peer.send(Peer.greeting + Peer.frame(0x10, flags: 0x20, header: Self.header(deaf), stream: 1))
            for _ in 0..<2 { try await peer.send(Peer.frame(0x11, stream: 1, payload: message)) }
            #expect(try await peer.frame(0x05).first == UInt8(ConnectionCode.flowControl.rawValue))
            gate.open()
        }
    }

    @Test func `a message that never ends stops at the limit of messages`() async throws {
        try await serving { _, port in
            let peer = try await RawPeer(port: port)
            try await peer.send(Self.opened)
            // Fragments are given back while the handler waits for their message, up to the largest message.
            for _ in 0..<200 {
                try await peer.send(Self.full)
                let next = try await peer.nextFrame()
                if next.kind == 0x12 {
                    #expect(try Wire.decode(RPCHeaders.ReplyHeader.self, from: next.payload).code == 8)
                    return try await peer.close()
                }
            }
            Issue.record("a message without end was taken")
        }
    }

    @Test func `a stream for a method of one request is UNIMPLEMENTED, no request is INVALID_ARGUMENT`() async throws {
        try await serving { _, port in
            let peer = try await RawPeer(port: port)
            try await peer.send(Peer.greeting + Peer.frame(0x10, flags: 0x20, header: Self.empty, stream: 1))
            #expect(try Wire.decode(RPCHeaders.ReplyHeader.self, from: await peer.frame(0x12)).code == 12)
            try await peer.send(Peer.frame(0x10, flags: 0x21, header: Self.empty, stream: 3))
            #expect(try Wire.decode(RPCHeaders.ReplyHeader.self, from: await peer.frame(0x12)).code == 3)
            try await peer.close()
        }
    }

    @Test func `a reader that stops holds its stream and nothing else`() async throws {
        try await serving { server, port in
            // As a process that is stopped: its socket is open and takes nothing.
            let stopped = try await RawPeer(port: port, isReading: false)
            let asked = InteropAPI.StreamingOutputCallRequest(
                responseParameters: (0..<200).map { _ in InteropAPI.ResponseParameters(size: 60_000) })
            let call = Peer.frame(
                0x10, flags: 1, header: Self.header(InteropAPI.Methods.streamingOutputCall), stream: 1,
                payload: try Wire.encode(asked))
            try await stopped.send(Peer.greeting + call)
            try await eventually { server.connectionCount == 1 }
            let client = Client(to: "127.0.0.1:\(port)")
            for _ in 0..<50 { _ = try await InteropAPI.Client(client).emptyCall(InteropAPI.Empty()) }
            await client.close()
            try await stopped.close()
            try await eventually { server.connectionCount == 0 }
        }
    }
}
