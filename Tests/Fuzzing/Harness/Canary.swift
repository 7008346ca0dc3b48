import NIOCore
import RPC

/// A fault that random bytes do not find but a fuzzer that sees coverage does: it needs a PING of stream 0 whose bytes are right one by one.
enum Canary {
    static func run(_ bytes: [UInt8]) throws(Broken) {
        var buffer = ByteBuffer(bytes: bytes)
        guard let frame = try? FrameDecoder(limits: Limits()).next(from: &buffer) else { return }
        guard frame.kind == .ping, frame.stream == 0 else { return }
        let payload = Array(frame.message.readableBytesView)
        guard payload.count == 8 else { return }
        if payload[0] == 0xCA, payload[3] == 0x9A, payload[7] == 0x17 {
            throw Broken("the canary was found")
        }
    }
}
