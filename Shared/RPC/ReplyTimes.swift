package import NIOCore
import Wire

/// What every REPLY says of its server: `server_us`, `queue_us` and `load` of `ReplyHeader`, fields 6 to 8. They are written and read by hand,
/// because three numbers need no arena and every reply has them; protobuf-c writes and reads the same (a test holds that).
package struct ReplyTimes: Sendable, Equatable {
    /// Longest encoding in bytes: three tags of one byte and three 32-bit varints.
    static let longest = 18

    /// Microseconds that the handler ran.
    package var server: UInt32
    /// Microseconds that the call waited before.
    package var queue: UInt32
    /// Calls in flight on the server, this one among them.
    package var load: UInt32

    package init(server: UInt32, queue: UInt32, load: UInt32) {
        self.server = server
        self.queue = queue
        self.load = load
    }

    /// Reads a header that holds nothing else; nil when there is more to it.
    package init?(_ header: ByteBuffer) {
        guard header.readableBytes <= ReplyTimes.longest else { return nil }
        self.init(server: 0, queue: 0, load: 0)
        var rest = header.readableBytesView[...]
        while let tag = rest.popFirst() {
            guard let value = ReplyTimes.varint(&rest) else { return nil }
            switch tag {
            case 6 << 3: server = value
            case 7 << 3: queue = value
            case 8 << 3: load = value
            default: return nil
            }
        }
    }

    /// Bytes of its encoding. Fields at 0 are left out, as protobuf does.
    package var size: Int { ReplyTimes.size(server) + ReplyTimes.size(queue) + ReplyTimes.size(load) }

    /// Appends the encoding.
    package func write(to buffer: inout ByteBuffer) {
        ReplyTimes.write(6, server, to: &buffer)
        ReplyTimes.write(7, queue, to: &buffer)
        ReplyTimes.write(8, load, to: &buffer)
    }

    /// A tag and a base-128 varint.
    private static func write(_ field: UInt8, _ value: UInt32, to buffer: inout ByteBuffer) {
        guard value > 0 else { return }
        buffer.writeInteger(field << 3)
        var rest = value
        while rest >= 0x80 {
            buffer.writeInteger(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        buffer.writeInteger(UInt8(rest))
    }

    private static func size(_ value: UInt32) -> Int {
        value == 0 ? 0 : 1 + (38 - value.leadingZeroBitCount) / 7
    }

    private static func varint(_ bytes: inout ByteBufferView.SubSequence) -> UInt32? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 28, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return UInt32(exactly: value) }
        }
        return nil
    }
}

extension RPCHeaders.ReplyHeader {
    init(_ times: ReplyTimes) {
        self.init(serverUs: times.server, queueUs: times.queue, load: times.load)
    }
}
