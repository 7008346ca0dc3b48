/// Where a message stands. Stored as a number.
package enum OutboxState: Int64, Sendable {
    case waiting = 0
    case sent = 1
    /// The other side refused it for good.
    case bounced = 2
    /// Nobody took it for days.
    case failed = 3
}
