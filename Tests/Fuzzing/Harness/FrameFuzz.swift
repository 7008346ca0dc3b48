import NIOCore
import RPC

enum FrameFuzz {
    static func run(_ bytes: [UInt8]) throws(Broken) {
        let whole = frames(cut: [bytes])
        let pieces = frames(cut: bytes.map { [$0] })
        try require(whole == pieces, "how the bytes are cut changes what is decoded")
        for frame in whole.frames { try roundTrip(frame) }
    }

    struct Decoded: Equatable {
        var frames: [Frame] = []
        var failure: ConnectionError?
    }

    private static func frames(cut pieces: [[UInt8]]) -> Decoded {
        let decoder = FrameDecoder(limits: Limits())
        var buffer = ByteBuffer()
        var decoded = Decoded()
        for piece in pieces {
            buffer.writeBytes(piece)
            do throws(ConnectionError) {
                while let frame = try decoder.next(from: &buffer) { decoded.frames.append(frame) }
            } catch {
                decoded.failure = error
                return decoded
            }
        }
        return decoded
    }

    private static func roundTrip(_ frame: Frame) throws(Broken) {
        var written = ByteBuffer()
        written.writeFrame(frame)
        let length = frame.header.readableBytes + frame.message.readableBytes
        try require(written.readableBytes == Frame.prefixLength + length, "a frame is its prefix and its payload")
        let again = try? FrameDecoder(limits: Limits()).next(from: &written)
        try require(again == frame && written.readableBytes == 0, "a frame that is written reads as another")
    }
}
