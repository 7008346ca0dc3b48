import Metrics

/// What a store's writer says of itself, under the name of its file: `accounts`, `jobs`, `texts`, …
struct StoreMetrics: Sendable {
    /// Writes that wait or are being committed; the queue's limit refuses more.
    private let waiting: Meter
    /// What a commit waits for: the log on the disk.
    private let fsync: Timer
    private let writes: Counter
    private let failedCommits: Counter

    init(path: String) {
        let file = path.split(separator: "/").last ?? ""
        let label = [("store", String(file.prefix { $0 != "." }))]
        waiting = Meter(label: "store_waiting_writes", dimensions: label)
        fsync = Timer(label: "store_fsync", dimensions: label)
        writes = Counter(label: "store_writes", dimensions: label)
        failedCommits = Counter(label: "store_failed_commits", dimensions: label)
    }

    func note(waiting count: Int) { waiting.set(count) }

    func note(fsync nanoseconds: UInt64) { fsync.recordNanoseconds(Int64(clamping: nanoseconds)) }

    /// A batch has ended.
    /// - Parameter count: the writes that are on the disk; nil: the commit failed.
    func note(writes count: Int?) {
        if let count { writes.increment(by: Int64(count)) } else { failedCommits.increment() }
    }
}
