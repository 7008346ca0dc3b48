import Glibc

/// A folder of snapshot files, with `CURRENT` naming the published one.
package struct SnapshotDirectory: Sendable {
    /// The folder.
    package let path: String

    /// The folder need not exist yet.
    package init(path: String) {
        self.path = path
    }

    /// Longer than any line that `SnapshotPointer` writes.
    private static let pointerLimit = 512

    func file(_ name: String) -> String { path + "/" + name }

    /// What is published now; nil when nothing is.
    /// - Throws: `.damaged` when `CURRENT` is not a pointer.
    package func current() throws(SnapshotError) -> SnapshotPointer? {
        guard let bytes = try SnapshotFile.read(file("CURRENT"), limit: Self.pointerLimit) else { return nil }
        guard let pointer = SnapshotPointer(line: String(decoding: bytes, as: UTF8.self)) else {
            throw .damaged(path: file("CURRENT"), reason: "it names no snapshot")
        }
        return pointer
    }

    /// Changes whenever `CURRENT` is replaced; one `stat`, for watching. Nil when there is none.
    func stamp() -> SnapshotStamp? {
        var status = stat()
        guard stat(file("CURRENT"), &status) == 0 else { return nil }
        return SnapshotStamp(
            inode: UInt64(status.st_ino), seconds: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec))
    }

    /// Checks the published file byte for byte against its pointer and opens it.
    /// - Throws: `.damaged`, `.file` or `.sqlite`; `.nothingPublished`.
    /// - Complexity: reads the whole file once (about 0.1 s for 100 MB).
    package func openCurrent() throws(SnapshotError) -> (SnapshotPointer, SnapshotConnection) {
        guard let pointer = try current() else { throw .nothingPublished(folder: path) }
        let name = file(pointer.fileName)
        try verify(name, bytes: pointer.bytes, sha256: pointer.sha256)
        if let index = pointer.index {
            try verify(file(pointer.indexFileName), bytes: index.bytes, sha256: index.sha256)
        }
        return (pointer, try SnapshotConnection(reading: name))
    }

    /// The index file of a published snapshot, mapped; nil when it has none.
    /// - Throws: `.file`.
    package func mapIndex(of pointer: SnapshotPointer) throws(SnapshotError) -> MappedFile? {
        pointer.index == nil ? nil : try MappedFile(reading: file(pointer.indexFileName))
    }

    private func verify(_ name: String, bytes: Int, sha256: String) throws(SnapshotError) {
        let sum = try SnapshotFile.sum(name)
        guard sum.bytes == bytes else {
            throw .damaged(path: name, reason: "it has \(sum.bytes) bytes where \(bytes) were published")
        }
        guard sum.sha256 == sha256 else {
            throw .damaged(path: name, reason: "its checksum differs from the published one")
        }
    }

    /// SQLite's own check of a file's structure.
    /// - Throws: `.damaged` with what SQLite found.
    package static func checkIntegrity(_ connection: SnapshotConnection, path: String) throws {
        let found = try connection.first("PRAGMA integrity_check(1)") { $0.text(0) } ?? "nothing"
        guard found == "ok" else { throw SnapshotError.damaged(path: path, reason: found) }
    }

    /// Takes the folder's lock and removes what killed imports left.
    /// - Throws: `.importRunning` when another import holds the lock.
    package func beginImport() throws(SnapshotError) -> SnapshotImport {
        try SnapshotFile.makeFolder(path)
        let lock = try SnapshotFile.open(file("LOCK"), O_RDWR | O_CREAT)
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let error = errno
            close(lock)
            if error == EWOULDBLOCK { throw .importRunning(folder: path) }
            throw .file(operation: "flock", path: file("LOCK"), error: error)
        }
        let started = SnapshotImport(directory: self, lock: lock)
        try removeDebris(keeping: try current()?.number)
        return started
    }

    /// Removes half-built files and all snapshots but the published one and the one before it.
    func removeDebris(keeping published: Int?) throws(SnapshotError) {
        let names = try SnapshotFile.names(in: path)
        let numbers = names.compactMap(SnapshotPointer.number(ofFile:))
        let previous = published.flatMap { published in numbers.filter { $0 < published }.max() }
        for name in names {
            if let number = SnapshotPointer.number(ofFile: name) ?? SnapshotPointer.number(ofIndex: name) {
                // Without a pointer nothing is known of these files, so nothing is thrown away.
                guard let published, number != published, number != previous else { continue }
                try SnapshotFile.remove(file(name))
            } else if name.hasPrefix("building") || name == "CURRENT.new" {
                try SnapshotFile.remove(file(name))
            }
        }
    }
}

/// Tells one `CURRENT` from the next.
struct SnapshotStamp: Sendable, Equatable {
    var inode: UInt64
    var seconds: Int
    var nanoseconds: Int
}
