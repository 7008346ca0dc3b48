import Contracts
import InteropCases
import NIOCore
import RPC
import Testing
import Wire

/// Who waits for whom on a link, by the order of frames and not by time.
@Suite struct FrameOrderTests {
    @Test func `4 MiB replies alternate with each other, and let pings and small replies pass`() async throws {
        let log = CallLog()
        let gate = Gate()
        let held = EchoService.method("test.Echo/Held")
        let large = CommonAPI.CodeReference(title: String(repeating: "x", count: 4 * 1024 * 1024))
        let route = Route(held) {
            (_: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
            log.began()
            await gate.opened()
            return large
        }
        var limits = Limits()
        limits.outbound = 64 * 1024 * 1024
        let filling = Route(EchoService.method("test.Echo/Filling")) {
            (_: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in large
        }
        let quick = Route(EchoService.method("test.Echo/Quick")) {
            (request: InteropAPI.Empty, _) async throws(ServiceError) -> InteropAPI.Empty in
            log.began()
            return request
        }
        let routes = [route, filling, quick]
        let streams: [UInt32] = [7, 9, 11, 13]
        let fill = try calls(filling.method, streams: [1, 3, 5])
        let asked = try calls(held, streams: streams)
        try await withServer(routes: routes, limits: limits) { _, port in
            // It does not read, and the first replies are more than the link holds: the others all wait behind them together.
            let peer = try await RawPeer(port: port, isReading: false)
            try await peer.send(HostilePeerTests.greeting + fill)
            try await peer.send(asked)
            try await eventually { log.begun == 4 }
            gate.open()
            let small: [UInt32] = [15, 17, 19]
            for stream in small {
                try await peer.send(
                    HostilePeerTests.frame(0x02, payload: Array(1...8))
                        + call(quick.method, InteropAPI.Empty(), stream: stream))
            }
            // The server has read the pings and the small calls, too: what is still open is the order in which it writes.
            try await eventually { log.begun == 4 + small.count }
            try await peer.startReading()
            let decoder = FrameDecoder(limits: Limits())
            var order: [String] = []
            var ended: Set<UInt32> = []
            while !ended.isSuperset(of: streams) {
                let frame = try await peer.next(decoder)
                order.append("\(frame.kind) \(frame.stream)")
                if frame.kind == .reply { ended.insert(frame.stream) }
            }
            let ends = Set(streams.map { "reply \($0)" })
            let firstEnd = try #require(order.firstIndex { ends.contains($0) })
            let before = Array(order[..<firstEnd])
            let pongs = before.filter { $0 == "pong 0" }.count
            #expect(pongs == 3)
            #expect(Set(before).isSuperset(of: small.map { "reply \($0)" }))
            let fragments = Set(streams.map { "data \($0)" })
            let together = Array(before.filter(fragments.contains).suffix(100))
            try #require(together.count == 100)
            for place in 0..<96 {
                let four = Set(together[place..<(place + 4)])
                #expect(four.count == 4, "they take turns")
            }
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

    private func calls(_ method: RPC.Method, streams: [UInt32]) throws -> [UInt8] {
        try streams.flatMap { try call(method, CommonAPI.CodeReference(), stream: $0) }
    }
}
