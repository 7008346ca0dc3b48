import NIOCore
import Support

/// One direction of a TCP connection: bytes arrive in their order, in whatever pieces and with whatever delays chance wants.
final class SimulatedLink {
    /// Bytes that a socket takes before it is no longer writable.
    private static let capacity = 96 * 1024

    private let time: SimulatedTime
    private var generator: SeededGenerator
    private var pending = ByteBuffer()
    private var isDelivering = false
    private var isShut = false
    /// Nothing arrives before this time.
    private var stalledUntil: NIODeadline
    /// Told of what arrives; nil at the end.
    var onArrival: ((ByteBuffer?) -> Void)?
    /// Told when it is writable again.
    var onRoom: (() -> Void)?

    init(time: SimulatedTime, generator: SeededGenerator) {
        self.time = time
        self.generator = generator
        stalledUntil = time.now
    }

    var isWritable: Bool { !isShut && pending.readableBytes < Self.capacity }

    func send(_ bytes: ByteBuffer) {
        guard !isShut else { return }
        var bytes = bytes
        pending.writeBuffer(&bytes)
        deliverSoon()
    }

    /// The sender is done: the end arrives behind what was sent.
    func shut() {
        guard !isShut else { return }
        isShut = true
        deliverSoon()
    }

    /// The cable is cut: what is under way is lost.
    func cut() {
        pending.clear()
        shut()
    }

    func stall(for length: TimeAmount) { stalledUntil = max(stalledUntil, time.now + length) }

    private func deliverSoon() {
        guard !isDelivering else { return }
        isDelivering = true
        let delay = TimeAmount.microseconds(
            Int64.random(in: 0...Int64.random(in: 1...4000, using: &generator), using: &generator))
        time.schedule(at: max(time.now + delay, stalledUntil)) { self.deliver() }
    }

    private func deliver() {
        isDelivering = false
        guard time.now >= stalledUntil else { return deliverSoon() }
        guard pending.readableBytes > 0 else {
            if isShut {
                onArrival?(nil)
                onArrival = nil
            }
            return
        }
        let whole = pending.readableBytes
        // Mostly what a read takes, sometimes a few bytes, so that every boundary of a frame is hit.
        let most = Int.random(in: 0..<4, using: &generator) == 0 ? 16 : 70_000
        let piece = pending.readSlice(length: min(whole, Int.random(in: 1...most, using: &generator)))
        pending.discardReadBytes()
        let wasFull = whole >= Self.capacity
        if let piece { onArrival?(piece) }
        if wasFull, isWritable { onRoom?() }
        if pending.readableBytes > 0 || isShut { deliverSoon() }
    }
}
