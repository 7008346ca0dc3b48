import Accounts
import Calendar
import Synchronization

/// A clock that stands still until the test moves it.
final class TestClock: Sendable {
    private let time: Mutex<UTCInstant>

    init(_ date: String) {
        guard let date = CalendarDate(date) else { preconditionFailure("a test names a day") }
        time = Mutex(UTCInstant(startOf: date))
    }

    var now: UTCInstant { time.withLock { $0 } }

    func advance(days: Int64 = 0, hours: Int64 = 0, seconds: Int64 = 0) {
        time.withLock { $0 = $0.adding(seconds: days * 86_400 + hours * 3_600 + seconds) }
    }

    var wall: WallClock { WallClock { self.now } }
}
