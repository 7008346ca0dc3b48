import GRDB

/// Why a store could not do what was asked.
///
/// `message` says what happened, to which file, and what to do; it never holds a stored value.
package struct StorageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong, as a word that a program can act on.
    package enum Kind: String, Sendable {
        /// The writer's queue is full; the write was not begun.
        case overloaded
        /// The store is closed; the write was not begun.
        case closed
        /// Another process holds the store.
        case locked
        /// The file was written by a newer program.
        case newerSchema
        /// The file is not a database, or is damaged.
        case damaged
        /// The disk, or the size that the store may have, is used up.
        case full
        /// The operating system failed to read or write.
        case inputOutput
        /// A constraint of the schema was broken.
        case constraint
        /// Anything else that SQLite says.
        case failed
    }

    package let kind: Kind
    package let message: String
    /// The write may have been done although it failed: its commit reached the disk in part.
    package let mayHaveRun: Bool

    /// Makes an error; `mayHaveRun` only when that cannot be told.
    package init(_ kind: Kind, _ message: String, mayHaveRun: Bool = false) {
        self.kind = kind
        self.message = message
        self.mayHaveRun = mayHaveRun
    }

    package var description: String { "\(kind.rawValue): \(message)" }
}

extension StorageError {
    /// Translates what SQLite said about the file at `path`. `committing` when it failed in the commit itself.
    init(_ error: DatabaseError, path: String, committing: Bool = false) {
        let said = error.message ?? "result code \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_FULL:
            self.init(.full, "\(path): \(said). Free space on its disk; the store goes on by itself.")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(
                .damaged,
                "\(path): \(said). Restore a backup (codingahead restore), or move the file away to start empty.")
        case .SQLITE_IOERR:
            self.init(.inputOutput, "\(path): \(said). Look at the disk.", mayHaveRun: committing)
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            self.init(.inputOutput, "\(path): \(said). The file and its folder must be writable by this process.")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.locked, "\(path): \(said). Another program is writing to it.")
        case .SQLITE_CONSTRAINT:
            self.init(.constraint, "\(path): \(said)")
        default:
            self.init(.failed, "\(path): \(said)")
        }
    }

    /// The same for any error; those that are not SQLite's pass through unchanged.
    static func translate(_ error: any Error, path: String, committing: Bool = false) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return StorageError(error, path: path, committing: committing)
    }
}
