package import NIOCore

/// What a server tolerates of PINGs: 200 a second whatever else happens, and while nothing else is going on one in 5 s (which HELLO says as
/// `ping_floor_ms`). The third PING in a row that comes sooner than the floor after the one before it, with no reply sent between,
/// is one too many: such a client keeps a connection awake for nothing.
package struct PingGuard: Sendable {
    private let floor: TimeAmount
    private let strikeLimit: Int
    private var rate: RateLimit
    private var strikes = 0
    private var last: NIODeadline?

    package init(limits: Limits) {
        floor = TimeAmount(limits.pingFloor)
        strikeLimit = limits.pingStrikes
        rate = RateLimit(perSecond: limits.pingsPerSecond)
    }

    /// A PING came; false when it is one too many.
    package mutating func allowsPing(at now: NIODeadline) -> Bool {
        if let last, now - last < floor { strikes += 1 } else { strikes = 0 }
        last = now
        return rate.allows(at: now) && strikes < strikeLimit
    }

    /// Another frame that costs as much as a PING and brings nothing came; false when it is one too many.
    package mutating func allowsEmpty(at now: NIODeadline) -> Bool { rate.allows(at: now) }

    /// A call was answered: the connection is in use.
    package mutating func answered() {
        strikes = 0
        last = nil
    }
}
