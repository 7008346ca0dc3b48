import Contracts
import NIOCore
import NIOPosix
import RPC
import Testing
import Wire

/// Peers that break the rules get an ERROR or silence and lose their connection; the others notice nothing.
@Suite struct HostilePeerTests {
    static let hello = frame(0x01, payload: [0x08, 1, 0x10, 1])
    static let greeting = FrameDecoder.preface + hello

    static func frame(
        _ kind: UInt8, flags: UInt8 = 0, header: [UInt8] = [], stream: UInt32 = 0, length: UInt32? = nil,
        headerLength: UInt16? = nil, payload: [UInt8] = []
    ) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.writeInteger(length ?? UInt32(header.count + payload.count), endianness: .little)
        buffer.writeInteger(kind)
        buffer.writeInteger(flags)
        buffer.writeInteger(headerLength ?? UInt16(header.count), endianness: .little)
        buffer.writeInteger(stream, endianness: .little)
        buffer.writeBytes(header + payload)
        return Array(buffer: buffer)
    }

    /// What a breach is called and the bytes that make it.
    static let breaches: [(String, [UInt8])] = [
        ("HTTP", Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8)),
        ("TLS", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03]),
        ("random bytes", (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }),
        ("a call before HELLO", FrameDecoder.preface + frame(0x10, flags: 1, stream: 1)),
        ("a frame one byte over the limit", greeting + frame(0x10, flags: 1, stream: 1, length: 65_537)),
        ("a frame of 4 GiB", greeting + frame(0x10, flags: 1, stream: 1, length: .max)),
        (
            "a header longer than its frame",
            greeting + frame(0x10, flags: 1, stream: 1, length: 4, headerLength: 5, payload: [0, 0, 0, 0])
        ),
        ("a header over 8 KiB", greeting + frame(0x10, flags: 1, stream: 1, length: 9000, headerLength: 8193)),
        ("an unknown type", greeting + frame(0x77)),
        ("unknown flags", greeting + frame(0x10, flags: 0x41, stream: 1)),
        ("an even stream", greeting + frame(0x10, flags: 1, stream: 2)),
        ("a reused stream", greeting + frame(0x10, flags: 1, stream: 3) + frame(0x10, flags: 1, stream: 3)),
        ("a descending stream", greeting + frame(0x10, flags: 1, stream: 5) + frame(0x10, flags: 1, stream: 3)),
        ("DATA before CALL", greeting + frame(0x11, flags: 1, stream: 1)),
        ("CANCEL of nothing", greeting + frame(0x13, stream: 1, payload: [1, 0])),
        ("a REPLY from a client", greeting + frame(0x12, flags: 1, stream: 1)),
        ("a PING of 7 bytes", greeting + frame(0x02, payload: [1, 2, 3, 4, 5, 6, 7])),
        ("a second HELLO", greeting + hello),
        ("a version of the future", FrameDecoder.preface + frame(0x01, payload: [0x08, 9, 0x10, 9])),
        ("an unreadable HELLO", FrameDecoder.preface + frame(0x01, payload: [0xFF, 0xFF])),
    ]

    @Test(arguments: breaches)
    func `a breach closes its connection and no other`(_ name: String, _ bytes: [UInt8]) async throws {
        try await withServer(routes: EchoService.routes()) { server, port in
            let client = Client(to: "127.0.0.1:\(port)")
            let _: CommonAPI.CodeReference = try await client.call(
                EchoService.echo, CommonAPI.CodeReference(), options: CallOptions())
            let peer = try await RawPeer(port: port)
            try await peer.send(bytes)
            try await peer.untilClosed()
            let reply: CommonAPI.CodeReference = try await client.call(
                EchoService.echo, CommonAPI.CodeReference(code: "still here"), options: CallOptions())
            #expect(reply.code == "still here")
            await client.close()
        }
    }

    @Test func `bytes may come one by one`() async throws {
        var limits = Limits()
        limits.handshake = .seconds(60)
        limits.partialFrame = .seconds(60)
        try await withServer(routes: EchoService.routes(), limits: limits) { _, port in
            let peer = try await RawPeer(port: port)
            let message = try Wire.encode(CommonAPI.CodeReference(code: "one by one"))
            let header = try Wire.encode(RPCHeaders.CallHeader(method: EchoService.echo.id))
            let ignorable = Self.frame(0x55, flags: 0x80, payload: [1, 2, 3])
            let call = Self.frame(0x10, flags: 1, header: header, stream: 1, payload: message)
            for byte in Self.greeting + ignorable + call { try await peer.send([byte]) }
            let reply = try await peer.frame(0x12)
            #expect(reply.suffix(message.count) == message[...], "behind what the header says of the server")
            try await peer.close()
        }
    }

    @Test func `a call for an unreadable header or message is answered and the connection lives`() async throws {
        try await withServer(routes: EchoService.routes()) { _, port in
            let peer = try await RawPeer(port: port)
            try await peer.send(Self.greeting + Self.frame(0x10, flags: 1, header: [0xFF], stream: 1))
            let refused = try Wire.decode(RPCHeaders.ReplyHeader.self, from: await peer.frame(0x12))
            #expect(refused.code == 3)
            let header = try Wire.encode(RPCHeaders.CallHeader(method: EchoService.echo.id))
            try await peer.send(Self.frame(0x10, flags: 1, header: header, stream: 3, payload: [0xFF]))
            let malformed = try Wire.decode(RPCHeaders.ReplyHeader.self, from: await peer.frame(0x12))
            #expect(malformed.code == 3)
            try await peer.close()
        }
    }

    @Test func `a peer that sends nothing, half a greeting or half a frame is closed in time`() async throws {
        var limits = Limits()
        limits.handshake = .milliseconds(100)
        limits.partialFrame = .milliseconds(100)
        try await withServer(routes: EchoService.routes(), limits: limits) { server, port in
            for bytes in [[], Array(FrameDecoder.preface.prefix(4)), Self.greeting + Self.frame(0x02, length: 8)] {
                let peer = try await RawPeer(port: port)
                try await peer.send(bytes)
                try await peer.untilClosed()
            }
            try await eventually { server.connectionCount == 0 }
        }
    }

    @Test func `pings are answered, a flood of them is drained`() async throws {
        var limits = Limits()
        limits.pingsPerSecond = 20
        try await withServer(routes: EchoService.routes(), limits: limits) { _, port in
            let peer = try await RawPeer(port: port)
            try await peer.send(Self.greeting + Self.frame(0x02, payload: Array(1...8)))
            #expect(try await peer.frame(0x03) == Array(1...8))
            // In one write, so that they are within a second however slow the machine is.
            try await peer.send(Array((0..<50).map { _ in Self.frame(0x02, payload: Array(1...8)) }.joined()))
            _ = try await peer.frame(0x04)
            try await peer.untilClosed()
        }
    }

    @Test func `a peer that calls and never reads is cut off`() async throws {
        var limits = Limits()
        limits.outbound = 256 * 1024
        try await withServer(routes: EchoService.routes(), limits: limits) { server, port in
            let peer = try await RawPeer(port: port, isReading: false)
            try await peer.send(Self.greeting)
            var stream: UInt32 = 1
            try await eventually { server.connectionCount == 1 }
            for _ in 0..<2000 where server.connectionCount == 1 {
                var calls: [UInt8] = []
                for _ in 0..<1000 {
                    calls += Self.frame(0x10, flags: 1, stream: stream)
                    stream += 2
                }
                try await peer.send(calls)
            }
            try await eventually { server.connectionCount == 0 }
            try await peer.close()
        }
    }

    @Test func `a request that never becomes whole is answered at its deadline and its slot is free again`()
        async throws
    {
        var limits = Limits()
        limits.streams = 1
        try await withServer(routes: EchoService.routes(), limits: limits) { _, port in
            let peer = try await RawPeer(port: port)
            let header = try Wire.encode(RPCHeaders.CallHeader(method: EchoService.echo.id, timeoutMs: 50))
            try await peer.send(Self.greeting + Self.frame(0x10, flags: 2, header: header, stream: 1))
            let late = try Wire.decode(RPCHeaders.ReplyHeader.self, from: await peer.frame(0x12))
            #expect(late.code == 4)
            try await peer.send(Self.frame(0x10, flags: 1, header: header, stream: 3))
            let freed = try Wire.decode(RPCHeaders.ReplyHeader.self, from: await peer.frame(0x12))
            #expect(freed.code == 0)
            try await peer.close()
        }
    }

    @Test func `a client that calls nothing for long is asked to go`() async throws {
        var limits = Limits()
        limits.idle = .milliseconds(100)
        try await withServer(routes: EchoService.routes(), limits: limits) { server, port in
            let client = Client(to: "127.0.0.1:\(port)")
            try await LifecycleTests.echo(client)
            try await eventually { server.connectionCount == 0 }
            try await LifecycleTests.echo(client)
            await client.close()
        }
    }

    @Test func `a cancelled call keeps its slot until its handler has ended`() async throws {
        let log = CallLog()
        let gate = Gate()
        var routes = EchoService.routes(log: log)
        routes.append(
            Route(EchoService.method("test.Echo/Deaf")) {
                (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
                log.began()
                await gate.opened()
                return request
            })
        var limits = Limits()
        limits.streams = 1
        try await withServer(routes: routes, limits: limits) { _, port in
            let peer = try await RawPeer(port: port)
            let deaf = try Wire.encode(RPCHeaders.CallHeader(method: EchoService.method("test.Echo/Deaf").id))
            try await peer.send(Self.greeting + Self.frame(0x10, flags: 1, header: deaf, stream: 1))
            try await eventually { log.begun == 1 }
            try await peer.send(Self.frame(0x13, stream: 1, payload: [1, 0]))
            try await peer.send(Self.frame(0x10, flags: 1, header: deaf, stream: 3))
            #expect(try await peer.frame(0x14).prefix(2) == [8, 0], "refused: the slot is still taken")
            gate.open()
            let header = try Wire.encode(RPCHeaders.CallHeader(method: EchoService.echo.id))
            for stream in stride(from: UInt32(5), to: 100, by: 2) {
                try await peer.send(Self.frame(0x10, flags: 1, header: header, stream: stream))
                if try await peer.nextFrame().kind == 0x12 { return try await peer.close() }
                try await Task.sleep(for: .milliseconds(5))
            }
            Issue.record("the slot was never given back")
        }
    }
}
