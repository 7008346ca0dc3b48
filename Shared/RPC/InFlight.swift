import NIOCore
import Synchronization

/// Counts the calls of a server, or of one of its methods, whose handlers have suspended. A handler that ends in place needs no place.
final class InFlight: Sendable {
    private let count = Atomic<Int>(0)
    private let limit: Atomic<Int>
    /// Nil: the limit is fixed.
    private let adaptive: Adaptive?

    private final class Adaptive: Sendable {
        private let limit: Mutex<AdaptiveLimit>

        init(most: Int) { limit = Mutex(AdaptiveLimit(most: most, now: .now())) }

        func ended(since entered: NIODeadline) -> Int {
            let now = NIODeadline.now()
            return limit.withLock { limit in
                limit.ended(at: now, latency: now - entered)
                return limit.limit
            }
        }
    }

    init(limit: Int, isAdaptive: Bool = false) {
        self.limit = Atomic(limit)
        adaptive = isAdaptive ? Adaptive(most: limit) : nil
    }

    /// Calls that run. Event loops count without waiting for each other, so the limit may be passed by one call for each of them.
    var current: Int { count.load(ordering: .relaxed) }

    var hasRoom: Bool { current < limit.load(ordering: .relaxed) }

    /// What the limit is now.
    var currentLimit: Int { limit.load(ordering: .relaxed) }

    func enter() { count.add(1, ordering: .relaxed) }

    /// - Parameter entered: when the call came to its turn; nil for a stream, whose length says nothing.
    func leave(entered: NIODeadline?) {
        count.subtract(1, ordering: .relaxed)
        if let adaptive, let entered { limit.store(adaptive.ended(since: entered), ordering: .relaxed) }
    }
}
