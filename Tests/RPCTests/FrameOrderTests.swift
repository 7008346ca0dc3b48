import InteropCases
import Contracts
import NIOCore
import RPC
import Testing
import Wire

/// Who waits for whom on a link, by the order of frames and not by time.
@Suite struct FrameOrderTests {
    @Test func `4 MiB replies alternate with each other, and let pings and small replies pass`() async throws {
        try await withServer(routes: InteropAPI.routes(InteropService())) { _, port in
            let peer = try await RawPeer(port: port)
            var bytes = HostilePeerTests.greeting
            let large = InteropAPI.SimpleRequest(responseSize: 4 * 1024 * 1024)
            bytes += try call(InteropAPI.Methods.unaryCall, large, stream: 1)
            bytes += try call(InteropAPI.Methods.unaryCall, large, stream: 3)
            let small: [UInt32] = [5, 7, 9]
            for stream in small {
                bytes += HostilePeerTests.frame(0x02, payload: Array(1...8))
                bytes += try call(InteropAPI.Methods.emptyCall, InteropAPI.Empty(), stream: stream)
            }
            try await peer.send(bytes)
            let decoder = FrameDecoder(limits: Limits())
            var order: [String] = []
            var ended: Set<UInt32> = []
            while ended.count < 5 {
                let frame = try await peer.next(decoder)
                order.append("\(frame.kind) \(frame.stream)")
                if frame.kind == .reply { ended.insert(frame.stream) }
            }
            let firstEnd = try #require(order.firstIndex { $0 == "reply 1" || $0 == "reply 3" })
            let passed = order[..<firstEnd]
            #expect(passed.count { $0 == "pong 0" } == 3)
            for stream in small { #expect(passed.contains("reply \(stream)")) }
            #expect(order.count { $0.hasSuffix(" 1") } >= 64)
            let fragments = order.filter { $0.hasSuffix(" 1") || $0.hasSuffix(" 3") }.dropLast(2)
            for (one, next) in zip(fragments, fragments.dropFirst()) { #expect(one != next, "they take turns") }
            try await peer.close()
        }
    }

    @Test func `a stream that nobody gives credit sends its window and no more, and holds up no other`() async throws {
        try await withServer(routes: InteropAPI.routes(InteropService())) { _, port in
            let peer = try await RawPeer(port: port)
            var bytes = HostilePeerTests.greeting
            let request = InteropAPI.StreamingOutputCallRequest(
                responseParameters: (0..<500).map { _ in InteropAPI.ResponseParameters(size: 1000) })
            bytes += try call(InteropAPI.Methods.streamingOutputCall, request, stream: 1)
            try await peer.send(bytes)
            let decoder = FrameDecoder(limits: Limits())
            var cost = 0
            while cost < 64 * 1024 - Frame.prefixLength {
                let frame = try await peer.next(decoder)
                if frame.kind == .data { cost += frame.message.readableBytes + Frame.prefixLength }
            }
            #expect(cost <= 64 * 1024)
            try await peer.send(try call(InteropAPI.Methods.emptyCall, InteropAPI.Empty(), stream: 3))
            var frame = try await peer.next(decoder)
            #expect(frame.kind == .reply && frame.stream == 3)
            try await peer.send(
                HostilePeerTests.frame(0x06, stream: 1, payload: [0, 4, 0, 0]))
            frame = try await peer.next(decoder)
            #expect(frame.kind == .data && frame.stream == 1, "1024 bytes more")
            try await peer.close()
        }
    }

    private func call(_ method: RPC.Method, _ request: some WireMessage, stream: UInt32) throws -> [UInt8] {
        let header = try Wire.encode(RPCHeaders.CallHeader(method: method.id, timeoutMs: 60_000))
        return HostilePeerTests.frame(
            0x10, flags: 1, header: header, stream: stream, payload: try Wire.encode(request))
    }
}
