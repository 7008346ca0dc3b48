import Contracts
import NIOCore
import Testing
import Wire

@testable import RPC

/// The bytes of the worked example in Shared/RPC/README.md: another language's implementation was written from them.
@Suite struct GoldenBytesTests {
    private let method = HealthAPI.Methods.check

    @Test func `a method's id is FNV-1a of its name`() {
        #expect(method.id == 0xB451_47F5)
        #expect(RPC.Method.id(of: method.fullName) == method.id)
    }

    @Test func `a call`() throws {
        let header = try Wire.encode(RPCHeaders.CallHeader(method: method.id, timeoutMs: 2000))
        let message = try Wire.encode(HealthAPI.HealthCheckRequest(service: "Lookup"))
        try expect(
            Frame(
                .call, flags: .last, stream: 1, header: ByteBuffer(bytes: header), message: ByteBuffer(bytes: message)),
            "10000000 10 01 0800 01000000 0df54751b418d00f 0a064c6f6f6b7570")
    }

    @Test func `an OK reply has no header`() throws {
        let message = try Wire.encode(HealthAPI.HealthCheckResponse(status: .serving))
        try expect(
            Frame(.reply, flags: .last, stream: 1, message: ByteBuffer(bytes: message)),
            "02000000 12 01 0000 01000000 0801")
    }

    @Test func `an error is in the header`() throws {
        let header = try Wire.encode(RPCHeaders.ReplyHeader(code: 5, message: "unknown"))
        try expect(
            Frame(.reply, flags: .last, stream: 1, header: ByteBuffer(bytes: header)),
            "0b000000 12 01 0b00 01000000 08051207756e6b6e6f776e")
    }

    @Test func `a stream of replies`() throws {
        let watch = HealthAPI.Methods.watch
        let header = try Wire.encode(RPCHeaders.CallHeader(method: watch.id, timeoutMs: 60_000))
        let message = try Wire.encode(HealthAPI.HealthCheckRequest(service: "Lookup"))
        try expect(
            Frame(
                .call, flags: .last, stream: 3, header: ByteBuffer(bytes: header), message: ByteBuffer(bytes: message)),
            "11000000 10 01 0900 03000000 0d322a5d2518e0d403 0a064c6f6f6b7570")
        var metadata = Metadata()
        try metadata.add("x", [1])
        try expect(.initial(stream: 3, metadata), "08000000 15 00 0800 03000000 0a060a0178120101")
        let reply = try Wire.encode(HealthAPI.HealthCheckResponse(status: .notServing))
        try expect(
            Frame(.data, stream: 3, message: ByteBuffer(bytes: reply)), "02000000 11 00 0000 03000000 0802")
        try expect(.credit(stream: 3, bytes: 32_768), "04000000 06 00 0000 03000000 00800000")
        try expect(Frame(.reply, flags: .last, stream: 3), "00000000 12 01 0000 03000000")
        try expect(.cancel(stream: 3, kind: .cancelled), "02000000 13 00 0000 03000000 0100")
    }

    @Test func `a stream of requests`() throws {
        let method = InteropAPI.Methods.streamingInputCall
        let header = try Wire.encode(RPCHeaders.CallHeader(method: method.id, timeoutMs: 60_000))
        try expect(
            Frame(.call, flags: .noMessage, stream: 5, header: ByteBuffer(bytes: header)),
            "09000000 10 20 0900 05000000 0d274e41ac18e0d403")
        let request = try Wire.encode(InteropAPI.StreamingInputCallRequest(payload: .init(body: Array("ab".utf8))))
        try expect(
            Frame(.data, stream: 5, message: ByteBuffer(bytes: request)),
            "06000000 11 00 0000 05000000 0a0412026162")
        try expect(
            Frame(.data, flags: .more, stream: 5, message: ByteBuffer(bytes: request)),
            "06000000 11 02 0000 05000000 0a0412026162")
        try expect(.endOfRequests(stream: 5), "00000000 11 21 0000 05000000")
        let reply = try Wire.encode(InteropAPI.StreamingInputCallResponse(aggregatedPayloadSize: 2))
        try expect(
            Frame(.reply, flags: .last, stream: 5, message: ByteBuffer(bytes: reply)),
            "02000000 12 01 0000 05000000 0802")
    }

    @Test func `frames of the connection, and a refusal`() throws {
        try expect(
            .hello(RPCHeaders.Hello(minVersion: 1, maxVersion: 1)), "04000000 01 00 0000 00000000 08011001")
        try expect(.ping(0x0102_0304_0506_0708), "08000000 02 00 0000 00000000 0102030405060708")
        try expect(.pong(0x0102_0304_0506_0708), "08000000 03 00 0000 00000000 0102030405060708")
        try expect(
            .drain(last: 7, code: .shutdown, reason: "stops"),
            "0b000000 04 00 0000 00000000 07000000 0700 73746f7073")
        try expect(.error(ConnectionError(.flowControl, "x")), "03000000 05 00 0000 00000000 0300 78")
        try expect(.credit(stream: 0, bytes: 1), "04000000 06 00 0000 00000000 01000000")
        try expect(
            .refuse(stream: 3, kind: .resourceExhausted, pushback: 100),
            "06000000 14 00 0000 03000000 0800 64000000")
    }

    /// Written and read.
    private func expect(_ frame: Frame, _ hex: String) throws {
        var buffer = ByteBuffer()
        buffer.writeFrame(frame)
        let written = buffer.readableBytesView.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        #expect(written.joined() == hex.filter { $0 != " " })
        #expect(try FrameDecoder(limits: Limits()).next(from: &buffer) == frame)
    }
}
