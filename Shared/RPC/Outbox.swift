import DequeModule
import NIOCore

/// What a connection has to write: small frames in one buffer, large messages cut into fragments that take turns, so that a 4 MiB reply
/// cannot delay a ping or a small call by more than one fragment.
struct Outbox {
    /// A message that does not fit one frame.
    private struct Large {
        var stream: UInt32
        /// Goes with the first fragment of a call and with the last of a reply.
        var header: ByteBuffer
        var rest: ByteBuffer
        var isReply: Bool
        var hasBegun = false
    }

    /// What both sides accept.
    private(set) var frameLimit: Int
    private var large: Deque<Large> = []
    /// Frames that are ready; writers append to it in place.
    var ready = ByteBuffer()
    /// Bytes of large messages that have not become frames.
    private var largeBytes = 0

    init(frameLimit: Int) { self.frameLimit = frameLimit }

    /// The other side's HELLO came: its limit counts too. Below 9 KiB the largest header does not fit, so that is the least.
    mutating func limitFrames(to other: UInt32) {
        if other > 0 { frameLimit = min(frameLimit, max(Int(other), 9 * 1024)) }
    }

    /// Bytes that wait.
    var waiting: Int { ready.readableBytes + largeBytes }

    /// Whether a message of this size goes into one frame.
    func fits(header: Int, message: Int) -> Bool { header + message <= frameLimit }

    mutating func append(_ frame: Frame) { ready.writeFrame(frame) }

    /// Queues a message that does not fit one frame. A call's first fragment becomes a frame at once, because streams must begin in
    /// their order.
    mutating func appendLarge(stream: UInt32, header: ByteBuffer, message: ByteBuffer, isReply: Bool) {
        largeBytes += message.readableBytes
        let entry = Large(stream: stream, header: header, rest: message, isReply: isReply)
        if isReply { large.append(entry) } else { writeFragment(of: entry) }
    }

    /// Drops what is left of a stream's large message.
    mutating func drop(stream: UInt32) {
        guard !large.isEmpty else { return }
        large.removeAll { entry in
            guard entry.stream == stream else { return false }
            largeBytes -= entry.rest.readableBytes
            return true
        }
    }

    /// The next bytes for the socket: all small frames, else one fragment; nil when nothing waits.
    mutating func next() -> ByteBuffer? {
        if ready.readableBytes == 0 {
            guard let entry = large.popFirst() else { return nil }
            writeFragment(of: entry)
        }
        defer { ready.clear(minimumCapacity: 0) }
        return ready
    }

    private mutating func writeFragment(of entry: Large) {
        var entry = entry
        let withHeader =
            entry.isReply ? entry.rest.readableBytes + entry.header.readableBytes <= frameLimit : !entry.hasBegun
        let header = withHeader ? entry.header : ByteBuffer()
        let size = min(entry.rest.readableBytes, frameLimit - header.readableBytes)
        let fragment = entry.rest.readSlice(length: size) ?? ByteBuffer()
        largeBytes -= size
        let isEnd = entry.rest.readableBytes == 0 && (withHeader || !entry.isReply)
        let kind: Frame.Kind = entry.isReply ? (withHeader ? .reply : .data) : (entry.hasBegun ? .data : .call)
        ready.writeFrame(
            Frame(kind, flags: isEnd ? .last : .more, stream: entry.stream, header: header, message: fragment))
        entry.hasBegun = true
        if !isEnd { large.append(entry) }
    }
}
