import NIOCore
import RPC

/// A fault that random bytes do not find but a fuzzer that sees coverage does: it needs a PING of stream 0 whose eight bytes are high, which
/// chance gives once in 2³² such frames, and which coverage shows one by one.
enum Canary {
    static func run(_ bytes: [UInt8]) throws(Broken) {
        var buffer = ByteBuffer(bytes: bytes)
        guard let frame = try? FrameDecoder(limits: Limits()).next(from: &buffer) else { return }
        guard frame.kind == .ping, frame.stream == 0 else { return }
        let payload = Array(frame.message.readableBytesView)
        guard payload.count == 8 else { return }
        guard isHigh(payload, 0), isHigh(payload, 1), isHigh(payload, 2), isHigh(payload, 3) else { return }
        guard isHigh(payload, 4), isHigh(payload, 5), isHigh(payload, 6), isHigh(payload, 7) else { return }
        throw Broken("the canary was found")
    }

    /// Neither inlined nor without effect (the place may be out of bounds): else the optimiser makes one comparison of all, which shows no step
    /// on the way.
    @inline(never) private static func isHigh(_ bytes: [UInt8], _ place: Int) -> Bool { bytes[place] >= 0xF0 }
}
