import Foundation
import Storage

@testable import Lookup

/// Files of the reference layouts in a temporary folder, and a snapshot that they are read into. Codes are made up.
final class ReferenceFixture {
    let folder = FileManager.default.temporaryDirectory.appending(path: "references-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }

    /// A file that is read line by line.
    func stream(_ text: String, name: String = "file.txt") throws -> SourceStream {
        let url = folder.appending(path: name)
        try text.write(to: url, atomically: true, encoding: .utf8)
        return SourceStream(at: url.path, name: name)
    }

    static func file(_ text: String, name: String = "file.csv") -> SourceFile {
        SourceFile(name: name, bytes: Array(text.utf8))
    }

    static func day(_ text: String) -> Day {
        guard let day = Day(text) else { fatalError("\(text) is no day") }
        return day
    }

    static func record(
        _ kind: ReferenceKind, from: String = "2031-01-01", to: String? = "2031-12-31", edition: String = "2031"
    ) -> ReferenceRecord {
        ReferenceRecord(
            kind: kind, sourceName: kind.name, file: "\(kind.rawValue).txt", edition: edition, effective: day(from),
            end: to.map(day), sha256: String(repeating: "cd", count: 32), rights: "Public domain.")
    }

    /// Reads a file into a snapshot of its own and hands the store to `body`.
    func read<Result>(
        _ kind: ReferenceKind, _ importer: any ReferenceImporter,
        _ body: (ReferenceStore, ReferenceID, ImportReport) throws -> Result
    ) throws -> Result {
        let store = SnapshotStore(dataFolder: folder.appending(path: UUID().uuidString).path)
        _ = try store.importSnapshot(importedAt: 1_770_000_000) { builder in
            try builder.addReference(Self.record(kind)) { try importer.read(into: &$0) }
        }
        let (pointer, connection) = try store.directory.openCurrent()
        let contents = try SnapshotContents(
            connection, pointer, index: store.directory.mapIndex(of: pointer), licence: LicenceGate())
        let file = contents.references.files(of: kind)[0]
        return try body(ReferenceStore(connection, contents), file.id, file.report)
    }

    /// Reads a file only for what it throws.
    func refusal(_ kind: ReferenceKind, _ importer: any ReferenceImporter) throws -> FileRefusal? {
        do {
            try read(kind, importer) { (_, _, _) throws in }
            return nil
        } catch let refusal as FileRefusal {
            return refusal
        }
    }
}
