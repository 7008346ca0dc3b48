import Foundation

/// The file `manifest.json` of a backup, written last: a folder without it is no backup.
struct BackupManifest: Codable, Equatable {
    static let fileName = "manifest.json"
    /// Of this layout; another is refused.
    static let format = 1

    /// One file of the backup.
    struct Item: Codable, Equatable {
        /// In the backup as in the data folder, e.g. `accounts/accounts.sqlite`.
        var path: String
        var bytes: Int
        /// Lower-case hexadecimal.
        var sha256: String
        /// The steps of the schema that a store has taken; nil: the file is no store.
        var migrations: [String]?
    }

    var format: Int
    /// Of the program that made the backup.
    var version: String
    /// RFC 3339, UTC.
    var takenAt: String
    var items: [Item]

    /// - Throws: `BackupError.unusable` when there is none, or it is malformed, of another layout, or names a file that no backup holds.
    static func read(in folder: String) throws(BackupError) -> BackupManifest {
        let file = "\(folder)/\(fileName)"
        let manifest: BackupManifest
        do {
            manifest = try JSONDecoder().decode(BackupManifest.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
        } catch {
            throw .unusable("\(folder) is no whole backup: \(fileName) is missing or malformed.")
        }
        guard manifest.format == format else {
            throw .unusable(
                "\(file) has layout \(manifest.format), this program knows \(format). Use the version that made it.")
        }
        for item in manifest.items where !BackupContents.holds(item) {
            throw .unusable("\(file) names \(item.path), which belongs into no backup.")
        }
        return manifest
    }

    func write(in folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let draft = "\(folder)/\(Self.fileName).new"
        try encoder.encode(self).write(to: URL(fileURLWithPath: draft))
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: draft))
        try handle.synchronize()
        try handle.close()
        try FileManager.default.moveItem(atPath: draft, toPath: "\(folder)/\(Self.fileName)")
    }
}
