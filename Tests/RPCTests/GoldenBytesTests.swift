import Contracts
import NIOCore
import RPC
import Testing
import Wire

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
