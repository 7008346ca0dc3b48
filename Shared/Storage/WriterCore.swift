import Dispatch
import GRDB
import Synchronization

/// What the writer's thread runs: one batch, one transaction.
final class WriterCore: Sendable {
    let ended = DispatchSemaphore(value: 0)
    let metrics: StoreMetrics
    let statistics = Mutex(GroupCommitWriter.Statistics())
    private let database: DatabaseQueue
    private let path: String

    init(database: DatabaseQueue, path: String) {
        self.database = database
        self.path = path
        metrics = StoreMetrics(path: path)
    }

    /// Runs `batch` and answers each of its writes.
    func commit(_ batch: [PendingWrite]) {
        let wanted = batch.filter { $0.begin() }
        guard !wanted.isEmpty else { return }
        var done: [PendingWrite] = []
        var refused: [(PendingWrite, any Error)] = []
        done.reserveCapacity(wanted.count)
        var failure: (any Error)?
        do {
            try database.writeWithoutTransaction { database in
                try transact(wanted, in: database, done: &done, refused: &refused)
            }
        } catch {
            failure = error
        }
        let lost = failure
        statistics.withLock { statistics in
            statistics.commits += lost == nil ? 1 : 0
            statistics.failedCommits += lost == nil ? 0 : 1
            statistics.writes += lost == nil ? done.count : 0
            statistics.largestBatch = max(statistics.largestBatch, wanted.count)
        }
        metrics.note(writes: lost == nil ? done.count : nil)
        for (write, error) in refused { write.finish(error) }
        guard let failure else {
            for write in done { write.finish(nil) }
            return
        }
        let answered = Set(refused.map { ObjectIdentifier($0.0) })
        for write in wanted where !answered.contains(ObjectIdentifier(write)) { write.finish(failure) }
    }

    private func transact(
        _ writes: [PendingWrite], in database: Database, done: inout [PendingWrite],
        refused: inout [(PendingWrite, any Error)]
    ) throws {
        var committing = false
        do {
            try database.run("BEGIN IMMEDIATE")
            for write in writes {
                try database.run("SAVEPOINT one_write")
                do {
                    try write.run(database)
                    try database.run("RELEASE one_write")
                    done.append(write)
                } catch {
                    // Some failures (a full disk, a failed read) make SQLite undo the whole transaction by itself.
                    guard database.isInsideTransaction else { throw error }
                    try database.run("ROLLBACK TO one_write")
                    try database.run("RELEASE one_write")
                    refused.append((write, StorageError.translate(error, path: path)))
                }
            }
            committing = true
            let begun = DispatchTime.now()
            try database.run("COMMIT")
            metrics.note(fsync: DispatchTime.now().uptimeNanoseconds - begun.uptimeNanoseconds)
        } catch {
            let failure = StorageError.translate(error, path: path, committing: committing)
            if database.isInsideTransaction { try database.run("ROLLBACK") }
            throw failure
        }
    }
}
