import DequeModule
package import NIOCore

/// What a connection has to write: small frames in one buffer; large messages, cut into fragments, and streams take turns behind it, so that
/// neither a 4 MiB reply nor a stream can delay a ping or a small call by more than one frame. It keeps the credits of the streams on which
/// this side sends.
///
/// A stream's messages are asked for one by one: `nextTurn` names the stream, the shell answers with `put` or `idle`.
package struct Outbox {
    /// A message that does not fit one frame.
    private struct Large {
        var stream: UInt32
        /// Goes with the first fragment of a call and with the last of a reply.
        var header: ByteBuffer
        var rest: ByteBuffer
        var isReply: Bool
        var hasBegun = false
    }

    /// A stream on which this side sends.
    private struct Sending {
        var credit: Int
        /// Sent and not given back.
        var outstanding = 0
        /// What is left of the message that is being cut.
        var rest: ByteBuffer?
        /// It is not known to have nothing.
        var wants = false
        /// It stands in the queue, or among those that wait for the connection's credit.
        var isQueued = false
    }

    private enum Turn {
        case large(Large)
        case stream(UInt32)
    }

    /// The most that a credit may be.
    private static let creditLimit = Int(Int32.max)

    /// What both sides accept.
    package private(set) var frameLimit: Int
    private var turns: Deque<Turn> = []
    private var sending: [UInt32: Sending] = [:]
    /// Streams that wait for the connection's credit.
    private var starved: Deque<UInt32> = []
    private var streamCredit = 64 * 1024
    private(set) var connectionCredit = 16 * 1024 * 1024
    /// Frames that are ready, the last ones; writers append to it in place.
    package var ready = ByteBuffer()
    /// What goes before `ready`: frames, and messages of their own buffers that are too large to be copied behind their frame's prefix.
    private var sealed: Deque<ByteBuffer> = []
    private var sealedBytes = 0
    /// Messages from this size on are written from where they lie: below it a copy costs less than another piece of a gathered write.
    private static let copied = 8 * 1024
    /// Bytes of messages that are being cut.
    private var restBytes = 0

    package init(frameLimit: Int) { self.frameLimit = frameLimit }

    /// The other side's HELLO came: its limits count too. Frames below 9 KiB do not hold the largest header, so that is the least; 0 stands for
    /// the credits of old.
    package mutating func greet(maxFrame: UInt32, streamCredit: UInt32, connectionCredit: UInt32) {
        if maxFrame > 0 { frameLimit = min(frameLimit, max(Int(maxFrame), 9 * 1024)) }
        if streamCredit > 0 { self.streamCredit = min(Int(streamCredit), Outbox.creditLimit) }
        if connectionCredit > 0 { self.connectionCredit = min(Int(connectionCredit), Outbox.creditLimit) }
    }

    /// Bytes that wait.
    package var waiting: Int { readyBytes + restBytes }

    private var readyBytes: Int { ready.readableBytes + sealedBytes }

    /// Whether a message of this size goes into one frame.
    package func fits(header: Int, message: Int) -> Bool { header + message <= frameLimit }

    package mutating func append(_ frame: Frame) {
        guard frame.message.readableBytes >= Outbox.copied else { return ready.writeFrame(frame) }
        ready.writeFramePrefix(
            frame.kind, flags: frame.flags, stream: frame.stream, header: frame.header.readableBytes,
            length: frame.header.readableBytes + frame.message.readableBytes)
        ready.writeImmutableBuffer(frame.header)
        seal(ready)
        ready = ByteBuffer()
        seal(frame.message)
    }

    private mutating func seal(_ bytes: ByteBuffer) {
        sealed.append(bytes)
        sealedBytes += bytes.readableBytes
    }

    /// Queues a message that does not fit one frame. A call's first fragment becomes a frame at once, because streams must begin in
    /// their order.
    package mutating func appendLarge(stream: UInt32, header: ByteBuffer, message: ByteBuffer, isReply: Bool) {
        restBytes += message.readableBytes
        let entry = Large(stream: stream, header: header, rest: message, isReply: isReply)
        if isReply { turns.append(.large(entry)) } else { writeFragment(of: entry) }
    }

    /// The stream has ended: drops what is left of its messages; what was outstanding is the connection's again.
    package mutating func drop(stream: UInt32) {
        if let entry = sending.removeValue(forKey: stream) {
            restBytes -= entry.rest?.readableBytes ?? 0
            connectionCredit += entry.outstanding
            feed()
        }
        guard !turns.isEmpty else { return }
        turns.removeAll { turn in
            guard case .large(let entry) = turn, entry.stream == stream else { return false }
            restBytes -= entry.rest.readableBytes
            return true
        }
    }

    // MARK: Streams

    /// This side will send messages on a stream.
    package mutating func open(_ stream: UInt32) { sending[stream] = Sending(credit: streamCredit) }

    /// A stream has something to send.
    package mutating func wants(_ stream: UInt32) {
        guard var entry = sending[stream] else { return }
        entry.wants = true
        queue(stream, &entry)
        sending[stream] = entry
    }

    /// The other side gave credit, to a stream and the connection or, for 0, to the connection; false when that lifts one above 2³¹ − 1.
    package mutating func credit(_ stream: UInt32, _ bytes: Int) -> Bool {
        if stream == 0 {
            connectionCredit += bytes
        } else if var entry = sending[stream] {
            entry.credit += bytes
            entry.outstanding -= bytes
            connectionCredit += bytes
            guard entry.credit <= Outbox.creditLimit else { return false }
            queue(stream, &entry)
            sending[stream] = entry
        }
        guard connectionCredit <= Outbox.creditLimit else { return false }
        feed()
        return true
    }

    /// Writes fragments and names the next stream that may hand over a message; nil when nothing more may be written now. A shell
    /// answers with `put`, `idle` or `drop` before it asks again.
    package mutating func nextTurn() -> UInt32? {
        while readyBytes < frameLimit, let turn = turns.popFirst() {
            switch turn {
            case .large(let entry): writeFragment(of: entry)
            case .stream(let stream):
                guard var entry = sending[stream] else { continue }
                entry.isQueued = false
                defer { sending[stream] = entry }
                guard entry.credit > Frame.prefixLength else { continue }
                guard connectionCredit > Frame.prefixLength else {
                    entry.isQueued = true
                    starved.append(stream)
                    continue
                }
                guard let rest = entry.rest.take() else { return stream }
                write(rest, stream, &entry)
            }
        }
        return nil
    }

    /// The next message of the stream whose turn it is.
    package mutating func put(_ message: ByteBuffer, _ stream: UInt32) {
        guard var entry = sending[stream] else { return }
        restBytes += message.readableBytes
        write(message, stream, &entry)
        sending[stream] = entry
    }

    /// The stream whose turn it is has nothing now.
    package mutating func idle(_ stream: UInt32) { sending[stream]?.wants = false }

    /// Puts a stream at the end of the queue when it has something and may send it.
    private mutating func queue(_ stream: UInt32, _ entry: inout Sending) {
        guard !entry.isQueued, entry.wants || entry.rest != nil, entry.credit > Frame.prefixLength else { return }
        entry.isQueued = true
        turns.append(.stream(stream))
    }

    /// Streams that waited for the connection's credit may go on.
    private mutating func feed() {
        guard connectionCredit > Frame.prefixLength else { return }
        while let stream = starved.popFirst() { turns.append(.stream(stream)) }
    }

    /// Writes as much of a message as one frame and the credits hold.
    private mutating func write(_ message: ByteBuffer, _ stream: UInt32, _ entry: inout Sending) {
        var rest = message
        let room = min(frameLimit, entry.credit - Frame.prefixLength, connectionCredit - Frame.prefixLength)
        let size = min(rest.readableBytes, room)
        let fragment = rest.readSlice(length: size) ?? ByteBuffer()
        restBytes -= size
        let cost = size + Frame.prefixLength
        entry.credit -= cost
        entry.outstanding += cost
        connectionCredit -= cost
        let isWhole = rest.readableBytes == 0
        append(Frame(.data, flags: isWhole ? [] : .more, stream: stream, message: fragment))
        if !isWhole { entry.rest = rest }
        queue(stream, &entry)
    }

    // MARK: Bytes

    /// The next bytes for the socket; nil when nothing waits that may be written. Ask `nextTurn` first.
    package mutating func next() -> ByteBuffer? {
        if let bytes = sealed.popFirst() {
            sealedBytes -= bytes.readableBytes
            return bytes
        }
        guard ready.readableBytes > 0 else { return nil }
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
        restBytes -= size
        let isEnd = entry.rest.readableBytes == 0 && (withHeader || !entry.isReply)
        let kind: Frame.Kind = entry.isReply ? (withHeader ? .reply : .data) : (entry.hasBegun ? .data : .call)
        append(Frame(kind, flags: isEnd ? .last : .more, stream: entry.stream, header: header, message: fragment))
        entry.hasBegun = true
        if !isEnd { turns.append(.large(entry)) }
    }
}
