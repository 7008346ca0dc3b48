import Foundation
import GRDB

/// The read connections of a store: opened when first needed, each used by one thread at a time.
// SAFETY: `idle`, `opened` and `isClosed` are touched only while `condition` is locked.
final class StoreReaders: @unchecked Sendable {
    private let condition = NSCondition()
    private var idle: [DatabaseQueue] = []
    private var opened = 0
    private var isClosed = false
    private let path: String
    private let limit: Int

    init(path: String, limit: Int) {
        self.path = path
        self.limit = limit
    }

    /// Runs `body` on a connection that nobody else uses, on the calling thread; waits when all are in use.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let connection = try take()
        defer { giveBack(connection) }
        do {
            return try connection.unsafeRead(body)
        } catch {
            throw StorageError.translate(error, path: path)
        }
    }

    /// Refuses further reads and closes the idle connections; one in use closes when it comes back.
    func close() throws {
        condition.lock()
        isClosed = true
        let closing = idle
        idle = []
        condition.broadcast()
        condition.unlock()
        for connection in closing { try connection.close() }
    }

    private func take() throws -> DatabaseQueue {
        condition.lock()
        while idle.isEmpty && opened == limit && !isClosed { condition.wait() }
        if isClosed {
            condition.unlock()
            throw StorageError(.closed, "the store is closed")
        }
        if let connection = idle.popLast() {
            condition.unlock()
            return connection
        }
        opened += 1
        condition.unlock()
        do {
            return try StoreReaders.open(path)
        } catch {
            condition.lock()
            opened -= 1
            condition.signal()
            condition.unlock()
            throw StorageError.translate(error, path: path)
        }
    }

    private func giveBack(_ connection: DatabaseQueue) {
        condition.lock()
        if !isClosed { idle.append(connection) }
        condition.signal()
        condition.unlock()
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(Store.busyTimeout)
        configuration.label = "store-reader"
        configuration.prepareDatabase { try $0.execute(sql: Store.temporaries) }
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}
