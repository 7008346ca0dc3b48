import NIOCore

/// Counts events in windows of one second.
struct RateLimit {
    private let limit: Int
    private var windowEnd = NIODeadline.uptimeNanoseconds(0)
    private var count = 0

    init(perSecond limit: Int) { self.limit = limit }

    /// Counts one event; false when it is over the limit.
    mutating func allows(at now: NIODeadline) -> Bool {
        if now >= windowEnd {
            windowEnd = now + .seconds(1)
            count = 0
        }
        count += 1
        return count <= limit
    }
}
