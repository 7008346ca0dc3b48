import Foundation
import GRDB

extension Store {
    /// Makes the folder; only this user may enter it.
    static func prepareFolder(of path: String) throws(StorageError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StorageError(.inputOutput, "the folder \(folder.path) cannot be made; make it, or name another one")
        }
    }

    /// Makes the folder and an empty file that only this user may read: stores hold personal data.
    static func prepareFile(_ path: String) throws(StorageError) {
        try prepareFolder(of: path)
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw StorageError(.inputOutput, "\(path): \(reason). It must be writable by this process.")
        }
        Glibc.close(descriptor)
    }

    /// SQLite keeps what a statement needs for itself in memory: a program may have no folder for temporary files that it can write to, and
    /// without one a statement fails that wants to undo itself.
    static let temporaries = "PRAGMA temp_store = MEMORY;"

    /// Opens the writing connection.
    static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busyTimeout)
        configuration.label = "store-writer"
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { database in
            let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
            guard mode == "wal" else {
                throw StorageError(.inputOutput, "\(path): its file system cannot hold a write-ahead log; move it")
            }
            try database.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    \(temporaries)
                    PRAGMA cache_size = -65536;
                    PRAGMA wal_autocheckpoint = 4096;
                    PRAGMA journal_size_limit = 67108864;
                    """)
        }
        return queue
    }

    /// Reads the schema, and every page of a file that is small enough.
    static func verify(_ queue: DatabaseQueue, path: String) throws {
        try queue.read { database in
            _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master")
            let size =
                try Int.fetchOne(
                    database, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
            if size <= checkedAtStart { try check(database, path: path) }
        }
    }

    /// Runs SQLite's own check and that of the foreign keys.
    static func check(_ database: Database, path: String) throws {
        let found = try String.fetchAll(database, sql: "PRAGMA quick_check(3)")
        guard found == ["ok"] else {
            throw StorageError(
                .damaged,
                "\(path) is damaged. Restore a backup (codingahead restore), or move the file away to start empty. "
                    + "Nothing was changed. Found: \(found.joined(separator: "; "))")
        }
        guard try Row.fetchOne(database, sql: "PRAGMA foreign_key_check") == nil else {
            throw StorageError(.damaged, "\(path): rows point at rows that are missing. Restore a backup.")
        }
    }

    /// Moves the log into the file. Whoever replicates the store (Litestream) reads its log all the time: then the log stays, as whole as
    /// after a crash.
    static func emptyLog(_ database: Database) throws {
        try database.execute(sql: "PRAGMA busy_timeout = 200")
        do {
            _ = try database.checkpoint(.truncate)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {}
    }
}
