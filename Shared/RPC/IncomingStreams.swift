import NIOCore

/// The streams of a connection on which messages come in: puts fragments together, enforces credit and says when to give more. Both state
/// machines hold one.
struct IncomingStreams {
    enum Arrival {
        case message(ByteBuffer, isLast: Bool)
        /// The sender is done, without another message.
        case end
        /// A fragment; the credit to give for it, 0: none.
        case fragment(credit: Int)
        /// The stream cannot go on.
        case tooLarge(ServiceError)
    }

    private struct Stream {
        var window: ReceiveWindow
        /// Fragments of a message that is not whole.
        var partial: ByteBuffer?
        var isEnded: Bool

        /// Bytes held beyond what the window accounts for.
        var excess: Int {
            max(0, window.unread + (partial?.readableBytes ?? 0) - max(0, window.outstanding))
        }

        /// What it weighs in the sums over all streams.
        var load: Load {
            Load(outstanding: window.outstanding, returnable: window.returnable, excess: excess)
        }
    }

    /// Sums over all open streams, in bytes.
    private struct Load {
        /// Received and not given back.
        var outstanding = 0
        /// Of that, what could be given back.
        var returnable = 0
        /// Held beyond what credit accounts for.
        var excess = 0

        mutating func replace(_ old: Load, by new: Load) {
            outstanding += new.outstanding - old.outstanding
            returnable += new.returnable - old.returnable
            excess += new.excess - old.excess
        }
    }

    private let streamCredit: Int
    private let connectionCredit: Int
    private let messageLimit: Int
    private var streams: [UInt32: Stream] = [:]
    private var load = Load()

    /// Bytes held beyond what credit accounts for: they count against the connection's budget.
    var excess: Int { load.excess }

    init(limits: Limits) {
        streamCredit = limits.streamCredit
        connectionCredit = limits.connectionCredit
        messageLimit = limits.message
    }

    /// Whether the stream is open for messages or has been.
    func knows(_ stream: UInt32) -> Bool { streams[stream] != nil }

    /// Whether fragments of a message lie there.
    func hasPartial(_ stream: UInt32) -> Bool { streams[stream]?.partial != nil }

    /// Messages may come.
    ///
    /// - Parameter first: a message that came with the CALL.
    mutating func open(_ stream: UInt32, first: ByteBuffer? = nil, isEnded: Bool = false) {
        var entry = Stream(window: ReceiveWindow(size: streamCredit), isEnded: isEnded)
        if let first { entry.window.complete(first.readableBytes + MessagePipe.overhead) }
        load.replace(Load(), by: entry.load)
        streams[stream] = entry
    }

    /// The stream has ended: what was outstanding on it is forgotten on both sides.
    mutating func forget(_ stream: UInt32) {
        guard let entry = streams.removeValue(forKey: stream) else { return }
        load.replace(entry.load, by: Load())
    }

    /// A DATA frame on a stream that is known.
    ///
    /// - Parameter budget: how much `excess` may be.
    /// - Throws: `flowControl` beyond the credit, `protocol` after the end or for a senseless NONE.
    mutating func receive(_ frame: Frame, budget: Int) throws(ConnectionError) -> Arrival {
        guard var entry = streams[frame.stream] else { return .fragment(credit: 0) }
        guard !entry.isEnded else { throw ConnectionError(.protocol, "DATA after LAST on stream \(frame.stream)") }
        if frame.flags.contains(.noMessage) {
            guard frame.flags.contains(.last), entry.partial == nil, frame.message.readableBytes == 0,
                !frame.flags.contains(.more)
            else { throw ConnectionError(.protocol, "NONE is for the end of a stream") }
            streams[frame.stream]?.isEnded = true
            return .end
        }
        let cost = frame.message.readableBytes + Frame.prefixLength
        let before = entry.load
        guard entry.window.receive(cost), load.outstanding + cost <= connectionCredit else {
            throw ConnectionError(.flowControl, "more bytes than credit on stream \(frame.stream)")
        }
        guard (entry.partial?.readableBytes ?? 0) + frame.message.readableBytes <= messageLimit else {
            return .tooLarge(ServiceError(.resourceExhausted, "a message has at most \(messageLimit) bytes"))
        }
        let arrival: Arrival
        if frame.flags.contains(.more) {
            // A copy: a slice would keep the whole buffer that it came in, which no budget sees.
            var partial = entry.partial.take() ?? ByteBuffer()
            streams[frame.stream]?.partial = nil
            partial.writeImmutableBuffer(frame.message)
            entry.partial = partial
            arrival = .fragment(credit: entry.window.refill())
        } else {
            var message = frame.message
            if var whole = entry.partial.take() {
                streams[frame.stream]?.partial = nil
                whole.writeImmutableBuffer(message)
                message = whole
            }
            entry.isEnded = frame.flags.contains(.last)
            entry.window.complete(message.readableBytes + MessagePipe.overhead)
            arrival = .message(message, isLast: entry.isEnded)
        }
        load.replace(before, by: entry.load)
        streams[frame.stream] = entry
        guard excess <= budget else {
            return .tooLarge(ServiceError(.resourceExhausted, "the connection holds too many unfinished messages"))
        }
        return arrival
    }

    /// The application took messages of this weight; the credit to give for it, 0: none.
    mutating func read(_ stream: UInt32, weight: Int) -> Int {
        guard var entry = streams[stream] else { return 0 }
        let before = entry.load
        entry.window.read(weight)
        let credit = entry.isEnded ? 0 : entry.window.refill()
        load.replace(before, by: entry.load)
        streams[stream] = entry
        return credit
    }

    /// The credits to give so that streams which keep less than half a window each do not keep the connection's together; mostly none.
    ///
    /// It looks at every stream, so only when a quarter of the connection's credit comes back by it.
    mutating func reclaim() -> [(stream: UInt32, credit: Int)] {
        guard load.outstanding * 2 >= connectionCredit, load.returnable * 4 >= connectionCredit else { return [] }
        var credits: [(stream: UInt32, credit: Int)] = []
        for (stream, var entry) in streams where entry.window.returnable > 0 {
            let before = entry.load
            credits.append((stream, entry.window.reclaim()))
            load.replace(before, by: entry.load)
            streams[stream]?.window = entry.window
        }
        return credits
    }
}
