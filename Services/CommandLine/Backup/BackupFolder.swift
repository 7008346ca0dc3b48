import Foundation
import Runtime
import Storage

/// One backup: a folder laid out as the data folder, with a manifest.
struct BackupFolder {
    let path: String

    /// Copies every store and file of `dataFolder` into this folder, which must not exist.
    ///
    /// Each store is copied as it was at one commit, while its program runs. Stores come before files: a résumé whose row came after the
    /// copy is swept by Jobs; the other way round, a row could point at a file that is not there.
    ///
    /// - Throws: `BackupError` when the folder exists or there is nothing to copy; `StorageError` when a store is damaged or the
    ///   disk is full: then nothing is left of the folder.
    func make(from dataFolder: String, now: Date) throws -> BackupManifest {
        let files = FileManager.default
        guard !files.fileExists(atPath: path) else {
            throw BackupError.unusable("\(path) exists already; a backup overwrites nothing. Name another folder.")
        }
        let stores = BackupContents.stores.map(\.path).filter { StoreRestore.isTaken("\(dataFolder)/\($0)") }
        guard !stores.isEmpty else {
            throw BackupError.unusable("\(dataFolder) holds no store: nothing to back up. Set CODINGAHEAD_DATA.")
        }
        do {
            try files.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            var items: [BackupManifest.Item] = []
            for store in stores {
                let copy = try StoreCopy.make(of: "\(dataFolder)/\(store)", at: "\(path)/\(store)")
                items.append(
                    .init(path: store, bytes: copy.bytes, sha256: copy.sha256, migrations: copy.migrations))
            }
            for file in try plainFiles(in: dataFolder) {
                guard let sum = try copyUnlessGone("\(dataFolder)/\(file)", to: "\(path)/\(file)") else { continue }
                items.append(.init(path: file, bytes: sum.bytes, sha256: sum.sha256))
            }
            let manifest = BackupManifest(
                format: BackupManifest.format, version: Build.version,
                takenAt: now.formatted(.iso8601), items: items)
            try manifest.write(in: path)
            return manifest
        } catch {
            if files.fileExists(atPath: path) { try files.removeItem(atPath: path) }
            throw error
        }
    }

    /// Compares every file with the manifest and checks every store whole.
    ///
    /// - Throws: `BackupError`; `StorageError` when a store is damaged.
    func verify() throws -> BackupManifest {
        let manifest = try BackupManifest.read(in: path)
        var changed: [String] = []
        for item in manifest.items {
            let file = "\(path)/\(item.path)"
            guard FileManager.default.fileExists(atPath: file) else {
                changed.append("\(item.path) is missing")
                continue
            }
            let sum = try PlainFile.sum(file)
            if sum.bytes != item.bytes || sum.sha256 != item.sha256 { changed.append("\(item.path) has changed") }
        }
        guard changed.isEmpty else { throw BackupError.changed(changed) }
        for item in manifest.items where item.migrations != nil {
            _ = try StoreCopy.examine("\(path)/\(item.path)", whole: true)
        }
        return manifest
    }

    /// Puts the backup into a data folder whose programs do not run.
    ///
    /// - Parameters:
    ///   - programs: whose stores and files; nil: all.
    ///   - replacing: what is there is kept under a name with the time and replaced.
    /// - Returns: the paths that were written.
    /// - Throws: as `verify`; `BackupError.taken`; `StorageError` of kind `locked` when a program runs.
    func restore(
        to dataFolder: String, programs: Set<ProgramName>? = nil, replacing: Bool, now: Date
    ) throws -> [String] {
        let items = try verify().items.filter { item in programs?.contains { item.path.belongs(to: $0) } ?? true }
        let stores = items.filter { $0.migrations != nil }
        let places = stores.map { "\(dataFolder)/\($0.path)" }
        return try StoreRestore.owning(places) {
            let taken = places.filter(StoreRestore.isTaken)
            guard replacing || taken.isEmpty else { throw BackupError.taken(taken) }
            let ending = ".before-\(now.nameOfFolder)"
            for item in stores {
                try StoreRestore.put(
                    "\(path)/\(item.path)", sha256: item.sha256, at: "\(dataFolder)/\(item.path)", asideEnding: ending)
            }
            for item in items where item.migrations == nil {
                _ = try PlainFile.copy("\(path)/\(item.path)", to: "\(dataFolder)/\(item.path)")
            }
            return items.map { "\(dataFolder)/\($0.path)" }
        }
    }

    /// The files of the folders that are copied as they are, below the data folder, by name.
    private func plainFiles(in dataFolder: String) throws -> [String] {
        var found: [String] = []
        for folder in BackupContents.folders where FileManager.default.fileExists(atPath: "\(dataFolder)/\(folder)") {
            for name in try FileManager.default.subpathsOfDirectory(atPath: "\(dataFolder)/\(folder)") {
                var isFolder: ObjCBool = false
                let file = "\(dataFolder)/\(folder)/\(name)"
                guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue,
                    !name.hasSuffix(".lock")
                else { continue }
                found.append("\(folder)/\(name)")
            }
        }
        return found.sorted()
    }

    /// Nil when the file has gone since it was listed: mail that was read, an application that was withdrawn.
    private func copyUnlessGone(_ source: String, to target: String) throws -> (bytes: Int, sha256: String)? {
        do {
            return try PlainFile.copy(source, to: target)
        } catch {
            guard FileManager.default.fileExists(atPath: source) else { return nil }
            throw error
        }
    }
}

extension String {
    /// Whether a path of a manifest is of that program; mail is of Accounts and Jobs, and goes with Accounts.
    fileprivate func belongs(to program: ProgramName) -> Bool {
        hasPrefix(program.rawValue + "/") || (program == .accounts && hasPrefix("mail/"))
    }
}

extension Date {
    /// UTC without characters that folders and shells mind, e.g. `2026-11-24T153000Z`; sorts by time.
    var nameOfFolder: String { formatted(.iso8601).replacing(":", with: "") }
}
