import Glibc

/// The machine's clock.
enum WallClock {
    /// Seconds since 1970.
    static var seconds: Int { time(nil) }
}
