import Foundation
import GRDB

/// One whole copy of a store's file, proven sound: what a backup keeps of it.
package struct StoreCopy: Sendable, Equatable {
    /// Of the file.
    package let bytes: Int
    /// Of the file, in lower-case hexadecimal.
    package let sha256: String
    /// The steps of the schema that it has taken, in their order.
    package let migrations: [String]

    /// Copies a store while its program writes to it: the copy holds everything up to one commit, and nothing after.
    ///
    /// SQLite's online backup in one step (sqlite.org/backup.html): one read transaction, so the owner's commits go on; its
    /// log grows meanwhile. The copy is one file without a log, readable by this user alone, and on the disk on return.
    ///
    /// - Parameter target: must not exist; nothing is left of it when this fails.
    /// - Throws: `damaged` when what was copied is not sound; `inputOutput` or `full` when it cannot be written.
    package static func make(of source: String, at target: String) throws -> StoreCopy {
        guard FileManager.default.fileExists(atPath: source) else {
            throw StorageError(.inputOutput, "\(source) is not there")
        }
        guard !FileManager.default.fileExists(atPath: target) else {
            throw StorageError(.inputOutput, "\(target) is there already; a copy overwrites nothing")
        }
        try Store.prepareFile(target)
        do {
            let origin = try reading(source)
            let copy = try DatabaseQueue(path: target)
            try origin.backup(to: copy)
            try origin.close()
            try copy.writeWithoutTransaction { database in
                // One file is easier to carry than a file and its log.
                try database.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try copy.close()
            try PlainFile.synchronise(target)
            return try examine(target, whole: true)
        } catch {
            let failure = StorageError.translate(error, path: source)
            for end in ["", "-wal", "-shm", "-journal"] where FileManager.default.fileExists(atPath: target + end) {
                try FileManager.default.removeItem(atPath: target + end)
            }
            throw failure
        }
    }

    /// Looks at a copy that nobody writes to.
    ///
    /// - Parameter whole: reads every page and index entry; else only the schema.
    /// - Throws: `damaged` when it is no sound database.
    package static func examine(_ path: String, whole: Bool) throws -> StoreCopy {
        do {
            let migrations = try StoreLook.taken(at: path, check: whole ? .all : .none)
            let sum = try PlainFile.sum(path)
            return StoreCopy(bytes: sum.bytes, sha256: sum.sha256, migrations: migrations)
        } catch {
            throw StorageError.translate(error, path: path)
        }
    }

    static func reading(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(Store.busyTimeout)
        configuration.label = "store-copy"
        configuration.prepareDatabase { try $0.execute(sql: Store.temporaries) }
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}
