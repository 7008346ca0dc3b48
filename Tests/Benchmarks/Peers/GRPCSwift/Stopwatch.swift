import CMeasure
import Synchronization

/// Lets one thread at a time into the stopwatch.
final class Stopwatch: Sendable {
    private let isMore = Mutex(true)

    func record(_ begun: UInt64) -> Bool {
        isMore.withLock { isMore in
            guard isMore else { return false }
            isMore = measure_record(begun)
            return isMore
        }
    }
}
