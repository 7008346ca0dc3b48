import Foundation

/// Puts copies back into the places of stores.
package enum StoreRestore {
    /// Runs `body` while this process owns the stores at `paths`, so that no program opens one of them meanwhile.
    ///
    /// - Throws: `locked`, with the process that has it, when a program runs; `body` has not run then.
    package static func owning<Value>(_ paths: [String], _ body: () throws -> Value) throws -> Value {
        guard let path = paths.first else { return try body() }
        try Store.prepareFolder(of: path)
        let lock = try StoreLock(path: path)
        let value = try owning(Array(paths.dropFirst()), body)
        _ = consume lock
        return value
    }

    /// Whether a store with something in it lies at `path`.
    package static func isTaken(_ path: String) -> Bool {
        ["", "-wal"].contains { (PlainFile.bytes(of: path + $0) ?? 0) > 0 }
    }

    /// Puts a copy into its place, on the disk when it returns. Call it inside `owning`.
    ///
    /// The copy is written beside its place, its checksum compared and the file checked whole, and only then it takes the place by a rename.
    /// A store that was there is kept, with its log, under a name that ends in `asideEnding`.
    ///
    /// - Throws: `damaged` when the copy is not what `sha256` says, or is no sound database: nothing was changed then.
    package static func put(_ copy: String, sha256: String, at path: String, asideEnding: String) throws {
        let draft = path + ".restoring"
        let written = try PlainFile.copy(copy, to: draft)
        do {
            guard written.sha256 == sha256 else {
                throw StorageError(.damaged, "\(copy) is not what its backup lists: its SHA-256 is another.")
            }
            _ = try StoreCopy.examine(draft, whole: true)
        } catch {
            try FileManager.default.removeItem(atPath: draft)
            throw error
        }
        let aside = path + asideEnding
        if FileManager.default.fileExists(atPath: path) {
            // A second name first: whatever happens, one of the two is whole.
            guard link(path, aside) == 0 else { throw PlainFile.fault("link", aside) }
        }
        for end in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + end) {
            guard rename(path + end, aside + end) == 0 else { throw PlainFile.fault("rename", path + end) }
        }
        guard rename(draft, path) == 0 else { throw PlainFile.fault("rename", draft) }
        try PlainFile.synchronise(URL(fileURLWithPath: path).deletingLastPathComponent().path, directory: true)
    }
}
