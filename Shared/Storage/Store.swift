import Foundation
package import GRDB
import Synchronization

/// A writable SQLite file with one owner: locked, migrated, written through a group-commit writer, read in place.
///
/// WAL with `synchronous=FULL`: what was acknowledged survives `kill -9` and a power cut.
package final class Store: Sendable {
    /// How long a statement waits for a lock that another program holds (a backup, a person's sqlite3), seconds.
    static let busyTimeout: Double = 5
    /// Files up to this size are checked whole at start (about 0.2 s); larger ones by `check()`.
    static let checkedAtStart = 64 << 20

    /// All writes go through here.
    package let writer: GroupCommitWriter
    private let readers: StoreReaders
    private let queue: DatabaseQueue
    private let lock: Mutex<StoreLock?>
    private let path: String

    /// Opens, or makes, the store. Blocks: call it before the socket opens.
    ///
    /// - Throws: `StorageError`: `locked` when another process has it, `newerSchema` when a newer program wrote it,
    ///   `damaged` when it is no sound database, `inputOutput` when the file cannot be opened. Nothing is changed then.
    package init(_ configuration: StoreConfiguration) throws {
        let path = configuration.path
        try Store.prepareFile(path)
        let lock = try StoreLock(path: path)
        do {
            let queue = try Store.open(path)
            try Store.verify(queue, path: path)
            try Migration.apply(configuration.migrations, to: queue, path: path)
            if configuration.pageLimit > 0 {
                try queue.writeWithoutTransaction { database in
                    try database.execute(sql: "PRAGMA max_page_count = \(configuration.pageLimit)")
                }
            }
            self.queue = queue
        } catch {
            throw StorageError.translate(error, path: path)
        }
        self.lock = Mutex(lock)
        self.path = path
        readers = StoreReaders(path: path, limit: configuration.readerLimit)
        writer = GroupCommitWriter(
            database: queue, path: path, batchLimit: configuration.batchLimit, queueLimit: configuration.queueLimit)
    }

    /// Reads in place, on the calling thread. Each statement sees the newest commit; several that must agree belong
    /// into `snapshot`.
    ///
    /// - Complexity: about 5 µs over the statements themselves. Never call it inside a write or another read.
    package func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try readers.read(body)
    }

    /// Reads in place, every statement from the same commit.
    package func snapshot<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try readers.read { database in
            try database.run("BEGIN")
            do {
                let value = try body(database)
                try database.run("COMMIT")
                return value
            } catch {
                if database.isInsideTransaction { try database.run("ROLLBACK") }
                throw error
            }
        }
    }

    /// Checks the whole file: pages, indexes, foreign keys.
    ///
    /// - Throws: `damaged` with what was found.
    package func check() throws {
        try readers.read { database in try Store.check(database, path: path) }
    }

    /// Finishes the waiting writes, moves the log into the file, unless somebody reads from it, and gives up the lock. Blocks.
    package func close() throws {
        // Closed before: SQLite does not bear a checkpoint of a closed connection.
        guard lock.withLock({ $0 != nil }) else { return }
        writer.close()
        do {
            try readers.close()
            try queue.writeWithoutTransaction(Store.emptyLog)
            try queue.close()
            lock.withLock { $0 = nil }
        } catch {
            throw StorageError.translate(error, path: path)
        }
    }
}
