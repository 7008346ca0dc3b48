import Support
import Testing
import Wire

@Suite struct WireTests {
    private let header = RPCHeaders.CallHeader(
        method: 0x1234_5678, path: "päth\0", timeoutMs: 2500, trace: Array(1...25), idempotencyKey: Array(1...16),
        requestId: "r", meta: [.init(key: "a", value: [1, 2]), .init(key: "b", value: [])], priority: 3)

    @Test func `a message survives packing and unpacking`() throws {
        #expect(try Wire.decode(RPCHeaders.CallHeader.self, from: Wire.encode(header)) == header)
        let empty = RPCHeaders.CallHeader()
        #expect(try Wire.encode(empty).isEmpty)
        #expect(try Wire.decode(RPCHeaders.CallHeader.self, from: []) == empty)
    }

    @Test func `negative numbers and 64-bit values survive`() throws {
        let reply = RPCHeaders.ReplyHeader(code: 5, pushbackMs: -1, serverUs: .max)
        #expect(try Wire.decode(RPCHeaders.ReplyHeader.self, from: Wire.encode(reply)) == reply)
        let hello = RPCHeaders.Hello(schemaHash: .max)
        #expect(try Wire.decode(RPCHeaders.Hello.self, from: Wire.encode(hello)) == hello)
    }

    @Test(
        arguments: [
            [0x12, 0x05, 0x61], [0x0D, 0x01], [0x18, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
            [0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x00], [0x07, 0x00],
        ] as [[UInt8]])
    func `bytes that are no message are refused`(_ bytes: [UInt8]) {
        #expect(throws: WireError.malformed(message: "codingahead.rpc.v1.CallHeader")) {
            try Wire.decode(RPCHeaders.CallHeader.self, from: bytes)
        }
    }

    @Test func `a text that is not UTF-8 is refused`() {
        #expect(throws: WireError.invalidText) {
            try Wire.decode(RPCHeaders.CallHeader.self, from: [0x12, 0x02, 0xC3, 0x28])
        }
    }

    @Test func `an unknown-field bomb stays within the arena's cap`() {
        // Two bytes a field on the wire, 32 and more in memory.
        let bomb = [UInt8](repeating: 0, count: 1 << 20).enumerated().map { index, _ in
            index.isMultiple(of: 2) ? UInt8(0x78) : UInt8(1)
        }
        #expect(throws: WireError.tooLarge(message: "codingahead.rpc.v1.Meta")) {
            try Wire.decode(RPCHeaders.Meta.self, from: bomb)
        }
    }

    @Test func `a hundred thousand random and mutated messages neither crash nor pass the cap`() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        let valid = try Wire.encode(header)
        var decoded = 0
        for round in 0..<100_000 {
            var bytes: [UInt8]
            if round.isMultiple(of: 2) {
                bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
            } else {
                bytes = valid
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    switch Int.random(in: 0...2, using: &random) {
                    case 0:
                        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                            1 << UInt8.random(in: 0...7, using: &random)
                    case 1: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
                    default:
                        bytes.insert(
                            UInt8.random(in: 0...255, using: &random),
                            at: Int.random(in: 0...bytes.count, using: &random))
                    }
                    if bytes.isEmpty { bytes = [0] }
                }
            }
            do throws(WireError) {
                let message = try Wire.decode(RPCHeaders.CallHeader.self, from: bytes)
                decoded += 1
                // What was read must be writable and read back the same.
                #expect(
                    try Wire.decode(RPCHeaders.CallHeader.self, from: Wire.encode(message)) == message, "seed \(seed)")
            } catch .outOfMemory {
                Issue.record("out of memory, seed \(seed)")
            } catch {}
        }
        #expect(decoded > 1000, "seed \(seed)")
    }
}
