import Glibc

/// One import, from taking the folder's lock to publishing. The lock goes with the value, and with the process.
package final class SnapshotImport {
    private let directory: SnapshotDirectory
    private let lock: Int32

    init(directory: SnapshotDirectory, lock: Int32) {
        self.directory = directory
        self.lock = lock
    }

    deinit {
        close(lock)
    }

    /// Where the new file is to be built.
    package var path: String { directory.file("building.sqlite") }

    /// Where an index file may be built, which is then published together with the new file.
    package var indexPath: String { directory.file("building.index") }

    /// Verifies the file at `path` and makes it the published one: on disk, renamed, `CURRENT` replaced atomically.
    /// Of the older files only the one published before is kept.
    ///
    /// - Parameter verify: throws when the content is not what was meant to be written.
    /// - Throws: what `verify` throws; `.damaged` when SQLite finds the file corrupt. Then the published file stays.
    package func publish(verify: (SnapshotConnection) throws -> Void) throws -> SnapshotPointer {
        try SnapshotFile.synchronise(path)
        let connection = try SnapshotConnection(reading: path)
        try SnapshotDirectory.checkIntegrity(connection, path: path)
        try verify(connection)
        let sum = try SnapshotFile.sum(path)
        let published = try directory.current()?.number
        let names = try SnapshotFile.names(in: directory.path)
        let highest = names.compactMap(SnapshotPointer.number(ofFile:)).max() ?? 0
        var index: SnapshotPointer.Index?
        if names.contains("building.index") {
            try SnapshotFile.synchronise(indexPath)
            let sum = try SnapshotFile.sum(indexPath)
            index = SnapshotPointer.Index(sha256: sum.sha256, bytes: sum.bytes)
        }
        let pointer = SnapshotPointer(
            number: max(highest, published ?? 0) + 1, sha256: sum.sha256, bytes: sum.bytes, index: index)
        if index != nil { try SnapshotFile.rename(indexPath, to: directory.file(pointer.indexFileName)) }
        try SnapshotFile.rename(path, to: directory.file(pointer.fileName))
        try SnapshotFile.synchronise(directory.path, directory: true)
        try SnapshotFile.write(pointer.line, to: directory.file("CURRENT.new"))
        try SnapshotFile.rename(directory.file("CURRENT.new"), to: directory.file("CURRENT"))
        try SnapshotFile.synchronise(directory.path, directory: true)
        try directory.removeDebris(keeping: pointer.number)
        return pointer
    }

    /// Throws the half-built file away.
    package func abandon() throws(SnapshotError) {
        try SnapshotFile.remove(path)
        try SnapshotFile.remove(indexPath)
    }
}
