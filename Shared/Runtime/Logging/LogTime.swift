import Glibc

/// The time of a log line: RFC 3339 in UTC with milliseconds.
enum LogTime {
    /// - Parameters: seconds and nanoseconds since 1970 in UTC.
    static func text(seconds: Int, nanoseconds: Int) -> String {
        var moment = time_t(seconds)
        var parts = tm()
        guard gmtime_r(&moment, &parts) != nil else { return "0000-00-00T00:00:00.000Z" }
        let date = "\(Int(parts.tm_year) + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
        let time = "\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))"
        let fraction = String(1000 + nanoseconds / 1_000_000).dropFirst()
        return "\(date)T\(time).\(fraction)Z"
    }

    /// Now, from the system's clock.
    static func now() -> String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return text(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
    }

    private static func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
