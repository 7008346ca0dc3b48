import Glibc

/// Where the time comes from: the system, or a test.
package struct WallClock: Sendable {
    private let read: @Sendable () -> UTCInstant

    /// A clock that reads `now`.
    package init(_ now: @escaping @Sendable () -> UTCInstant) {
        read = now
    }

    /// The system's clock.
    package static let system = WallClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UTCInstant(seconds: Int64(time.tv_sec))
    }

    /// The time now.
    package var now: UTCInstant { read() }
}
