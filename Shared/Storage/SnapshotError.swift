/// What can go wrong with snapshot files.
package enum SnapshotError: Error, Sendable, Equatable {
    /// A system call failed.
    case file(operation: String, path: String, error: Int32)
    /// SQLite refused; `code` is its extended result code.
    case sqlite(code: Int32, message: String)
    /// A file is there but is not what was published.
    case damaged(path: String, reason: String)
    /// Another import holds the folder's lock.
    case importRunning(folder: String)
    /// No snapshot has been published in the folder.
    case nothingPublished(folder: String)
}

extension SnapshotError: CustomStringConvertible {
    /// A sentence for an operator, with the file and what to do where something can be done.
    package var description: String {
        switch self {
        case .file(let operation, let path, let error): "\(operation) failed for \(path): errno \(error)"
        case .sqlite(let code, let message): "SQLite error \(code): \(message)"
        case .damaged(let path, let reason): "\(path) is damaged: \(reason). Import the data again."
        case .importRunning(let folder): "another import is running in \(folder); wait until it has ended"
        case .nothingPublished(let folder): "no snapshot is published in \(folder)"
        }
    }
}
