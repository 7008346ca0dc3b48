package import GRDB
import Foundation
import Synchronization

/// Runs all writes of a store on one thread, and lets those that wait at the same time share one fsynced transaction.
///
/// While a commit is on its way to the disk further writes gather; the thread then takes them all, runs each in a
/// savepoint of one transaction, commits once, and only then answers. A closure that throws undoes only itself.
/// When the commit fails, every write of the batch fails, nothing of it is kept, and the writer goes on.
package final class GroupCommitWriter: Sendable {
    /// What the writer did so far.
    package struct Statistics: Sendable, Equatable {
        package var commits = 0
        package var writes = 0
        package var largestBatch = 0
        package var failedCommits = 0
    }

    private let queue: BoundedQueue<PendingWrite>
    private let core: WriterCore

    /// Starts the thread. `database` must be used for writing by nobody else.
    init(database: DatabaseQueue, path: String, batchLimit: Int, queueLimit: Int) {
        let queue = BoundedQueue<PendingWrite>(limit: queueLimit)
        let core = WriterCore(database: database, path: path)
        self.queue = queue
        self.core = core
        let thread = Thread {
            while true {
                let batch = queue.take(max: batchLimit)
                if batch.isEmpty { break }
                core.metrics.note(waiting: queue.count + batch.count)
                core.commit(batch)
                core.metrics.note(waiting: queue.count)
            }
            core.ended.signal()
        }
        thread.name = "store-writer"
        thread.start()
    }

    deinit { queue.close() }

    /// What the writer did so far.
    package var statistics: Statistics { core.statistics.withLock { $0 } }

    /// Runs `body` in the next shared transaction and returns its result once that is on the disk.
    ///
    /// Cancelling the task before `body` has begun drops the write (`CancellationError`); later it has no effect.
    ///
    /// - Throws: what `body` throws; `overloaded` or `closed` when it was not begun; `full`, `inputOutput` and others of
    ///   `StorageError` when the commit failed.
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        let waiter = Waiter<Value>()
        return try await waiter.wait {
            enqueue(
                TypedPendingWrite(body: body, wanted: { waiter.begin() }, deliver: { waiter.finish($0) }))
        }
    }

    /// The same for callers that are no task: `completion` runs on the writer's thread, and must be short.
    package func submit<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value,
        completion: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        enqueue(TypedPendingWrite(body: body, wanted: { true }, deliver: completion))
    }

    /// Takes no more writes, waits until those inside are done, and ends the thread. Blocks.
    func close() {
        queue.close()
        core.ended.wait()
        core.ended.signal()
    }

    private func enqueue(_ write: PendingWrite) {
        switch queue.offer(write) {
        case .accepted: break
        case .full:
            write.finish(
                StorageError(.overloaded, "too many writes wait for the disk; try again in a moment"))
        case .closed:
            write.finish(StorageError(.closed, "the store is closed"))
        }
    }
}
