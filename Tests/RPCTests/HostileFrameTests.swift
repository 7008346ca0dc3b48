import Contracts
import NIOCore
import RPC
import Testing
import Wire

/// Frames at the edges of what is allowed, and headers and messages that are bombs: answered or refused, and the connection lives.
@Suite struct HostileFrameTests {
    private typealias Peer = HostilePeerTests

    static let echo: [UInt8] = [0x0D] + withUnsafeBytes(of: EchoService.echo.id.littleEndian, Array.init)

    /// Varints of ten bytes, unknown fields and groups without end: what a protobuf decoder may choke on.
    static let bombs: [(String, [UInt8])] = [
        ("unknown fields", Array([[UInt8]](repeating: [0xF8, 0x7F, 0x01], count: 2600).joined())),
        ("long unknown fields", Array([[UInt8]](repeating: [0xFA, 0x7F, 0x00], count: 2600).joined())),
        ("nested groups", [UInt8](repeating: 0x0B, count: 8000)),
        ("a varint of ten bytes", [0x18] + [UInt8](repeating: 0xFF, count: 9) + [0x01]),
        ("a varint of eleven bytes", [0x18] + [UInt8](repeating: 0xFF, count: 10) + [0x01]),
        ("a length beyond the end", [0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x07]),
        ("a negative length", [0x12] + [UInt8](repeating: 0xFF, count: 9) + [0x01]),
        ("text that is not UTF-8", [0x12, 0x04, 0xC3, 0x28, 0xFF, 0xFE]),
        ("NUL within text", [0x12, 0x03, 0x61, 0x00, 0x62]),
        ("field number 0", [0x00, 0x00]),
        ("a wire type that does not exist", [0x0F, 0x00]),
        ("four thousand metadata entries", Array([[UInt8]](repeating: [0x52, 0x00], count: 4000).joined())),
        ("a metadata key that is none", [0x52, 0x04, 0x0A, 0x02, 0x0D, 0x0A]),
        ("a trace of the wrong length", [0x22, 0x01, 0x00]),
        ("an idempotency key of the wrong length", [0x3A, 0x01, 0x00]),
        ("the longest deadline", [0x18, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]),
    ]

    @Test(arguments: bombs)
    func `a bomb in a header or a message is answered, and the next call is served`(
        _ name: String, _ bomb: [UInt8]
    ) async throws {
        try await withServer(routes: EchoService.routes()) { _, port in
            let peer = try await RawPeer(port: port)
            try await peer.send(Peer.greeting)
            try await peer.send(Peer.frame(0x10, flags: 1, header: Self.echo + bomb, stream: 1))
            _ = try await peer.frame(0x12)
            try await peer.send(Peer.frame(0x10, flags: 1, header: Self.echo, stream: 3, payload: bomb))
            _ = try await peer.frame(0x12)
            try await peer.send(Peer.frame(0x10, flags: 1, header: Self.echo, stream: 5))
            #expect(try Wire.decode(RPCHeaders.ReplyHeader.self, from: await peer.frame(0x12)).code == 0)
            try await peer.close()
        }
    }

    @Test func `frames of length 0, 1 and the most are frames`() async throws {
        try await withServer(routes: EchoService.routes()) { _, port in
            let peer = try await RawPeer(port: port)
            // Nothing says which method; a header of one byte cannot be read.
            try await peer.send(Peer.greeting + Peer.frame(0x10, flags: 1, stream: 1))
            #expect(try Wire.decode(RPCHeaders.ReplyHeader.self, from: await peer.frame(0x12)).code == 12)
            try await peer.send(Peer.frame(0x10, flags: 1, header: [0x08], stream: 3))
            #expect(try Wire.decode(RPCHeaders.ReplyHeader.self, from: await peer.frame(0x12)).code == 3)
            // The reply says besides how long it took, in at most 18 bytes.
            let room = Limits().frame - 18
            let message = try Wire.encode(CommonAPI.CodeReference(title: String(repeating: "x", count: room - 4)))
            #expect(message.count == room)
            try await peer.send(Peer.frame(0x10, flags: 1, header: Self.echo, stream: 5, payload: message))
            #expect(try await peer.frame(0x12).suffix(message.count) == message[...])
            try await peer.close()
        }
    }

    @Test(arguments: 1..<FrameDecoder.preface.count)
    func `a preface may come in two parts`(_ cut: Int) async throws {
        try await withServer(routes: EchoService.routes()) { _, port in
            let peer = try await RawPeer(port: port)
            try await peer.send(Array(Peer.greeting[..<cut]))
            try await Task.sleep(for: .milliseconds(2))
            try await peer.send(Array(Peer.greeting[cut...]))
            try await peer.send(Peer.frame(0x10, flags: 1, header: Self.echo, stream: 1))
            #expect(try Wire.decode(RPCHeaders.ReplyHeader.self, from: await peer.frame(0x12)).code == 0)
            try await peer.close()
        }
    }

    @Test func `a flood of cancelled calls is drained`() async throws {
        var limits = Limits()
        limits.cancelsPerSecond = 20
        let log = CallLog()
        try await withServer(routes: EchoService.routes(log: log), limits: limits) { server, port in
            let header = try Wire.encode(RPCHeaders.CallHeader(method: EchoService.sleep.id))
            let forever = try Wire.encode(CommonAPI.CodeReference(code: "60000"))
            let peer = try await RawPeer(port: port)
            try await peer.send(Peer.greeting)
            var flood: [UInt8] = []
            for stream in stride(from: UInt32(1), to: 201, by: 2) {
                flood += Peer.frame(0x10, flags: 1, header: header, stream: stream, payload: forever)
                flood += Peer.frame(0x13, stream: stream, payload: [1, 0])
            }
            // In one write, so that they are within a second however slow the machine is.
            try await peer.send(flood)
            let drain = try await peer.frame(0x04)
            #expect(drain[4] == UInt8(ConnectionCode.calm.rawValue))
            try await peer.untilClosed()
            try await eventually { log.cancelled == log.begun && server.connectionCount == 0 }
        }
    }

    @Test func `empty frames without end are a flood`() async throws {
        var limits = Limits()
        limits.pingsPerSecond = 20
        try await withServer(routes: EchoService.routes(), limits: limits) { _, port in
            let peer = try await RawPeer(port: port)
            let begun = Peer.frame(0x10, flags: 2, header: Self.echo, stream: 1)
            let empty = Array([[UInt8]](repeating: Peer.frame(0x11, flags: 2, stream: 1), count: 50).joined())
            try await peer.send(Peer.greeting + begun + empty)
            #expect(try await peer.frame(0x04)[4] == UInt8(ConnectionCode.calm.rawValue))
            try await peer.close()
        }
    }
}
