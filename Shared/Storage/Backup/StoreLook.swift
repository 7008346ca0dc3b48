import Foundation
import GRDB

/// What can be said of a store's file from outside, whether its program runs or not. Nothing is changed.
package struct StoreLook: Sendable, Equatable {
    /// Of the file without its log.
    package let bytes: Int
    /// Of the write-ahead log: commits that are not yet in the file.
    package let logBytes: Int
    /// The steps of the schema that it has taken, in their order.
    package let migrations: [String]

    /// How much of a file is read.
    enum Depth {
        case none
        /// Pages and rows (PRAGMA quick_check), and foreign keys.
        case quick
        /// Also that every index agrees with its table (PRAGMA integrity_check).
        case all
    }

    /// Opens the file read-only, beside its program, and checks pages, rows and foreign keys.
    ///
    /// - Throws: `damaged` with what was found; `inputOutput` when it cannot be opened.
    /// - Complexity: reads the whole file, about a second for each GB that is in memory.
    package init(at path: String) throws {
        migrations = try StoreLook.taken(at: path, check: .quick)
        bytes = PlainFile.bytes(of: path) ?? 0
        logBytes = PlainFile.bytes(of: path + "-wal") ?? 0
    }

    static func taken(at path: String, check depth: Depth) throws -> [String] {
        do {
            let queue = try StoreCopy.reading(path)
            let migrations = try queue.read { database -> [String] in
                if depth == .all {
                    let found = try String.fetchAll(database, sql: "PRAGMA integrity_check(3)")
                    guard found == ["ok"] else {
                        throw StorageError(.damaged, "\(path) is damaged (\(found.joined(separator: "; "))).")
                    }
                }
                if depth != .none { try Store.check(database, path: path) }
                guard try database.tableExists("grdb_migrations") else { return [] }
                return try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
            }
            try queue.close()
            return migrations
        } catch {
            throw StorageError.translate(error, path: path)
        }
    }
}
