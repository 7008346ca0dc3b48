import Foundation
import Testing

@testable import Lookup

@Suite struct `An import of pulled files` {
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

    /// A data folder with these files, and a list that makes an edition of each.
    private func prepare(_ texts: [String: String]) throws -> (DataImport, SourceList) {
        let sources = folder.appending(path: "sources")
        try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
        var files: [[String: Any]] = []
        var editions: [[String: Any]] = []
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            try text.write(to: sources.appending(path: name), atomically: true, encoding: .utf8)
            files.append([
                "id": name, "file": name, "sha256": FileDigest.sha256(Array(text.utf8)), "places": [],
                "from": "This test",
            ])
            let isCPT = name.hasSuffix("json")
            editions.append([
                "id": name, "system": isCPT ? "cpt" : "icd10pcs", "layout": isCPT ? "cpt-sample" : "icd10pcs-list",
                "name": name, "edition": "2031", "version": "2031", "effective": "2031-01-01", "file": name,
                "rights": "None", "adds": "Something",
            ])
        }
        let data = try JSONSerialization.data(withJSONObject: [
            "files": files, "editions": editions, "wanted": [],
        ])
        let list = try JSONDecoder().decode(SourceList.self, from: data)
        return (DataImport(dataFolder: folder.path, list: list), list)
    }

    private static let sample = """
        {"system": "cpt", "code": "00000", "edition": "2031", "official": {"text": "An invented text", "rights": "Ours"},
         "common": {"text": "What it is about", "rights": "Ours"}}
        """
    private static let procedures = "0010ZZ1 Wobbling of Elbow, External Approach\n"

    private func run(_ work: DataImport) throws -> [LoadedEdition] {
        try work.run(willImport: { _ in }, didImport: { _ in })
    }

    @Test func `publishes every edition with what was read, kept and refused`() throws {
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let (work, list) = try prepare(["a.txt": Self.procedures, "b.json": Self.sample])
        let editions = try run(work)
        #expect(editions.map(\.record.file) == ["a.txt", "b.json"])
        #expect(editions.map(\.billableCodes) == [1, 1])
        #expect(editions.first?.report.rowsKept == 1)
        #expect(editions.first?.record.sha256 == list.files.first?.sha256)
        #expect(try SnapshotStore(dataFolder: folder.path).editions().count == 2)
    }

    @Test func `is refused whole when one file is refused, and leaves the published snapshot`() throws {
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let (first, _) = try prepare(["a.txt": Self.procedures])
        _ = try run(first)
        let (second, _) = try prepare(["a.txt": Self.procedures, "b.json": "{"])
        let refusal = #expect(throws: FileRefusal.self) { try run(second) }
        #expect(refusal?.file == "b.json")
        #expect(try SnapshotStore(dataFolder: folder.path).editions().map(\.record.file) == ["a.txt"])
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/lookup")
        #expect(left.filter { $0.hasSuffix(".sqlite") }.count == 1)
    }

    @Test func `excludes another import and a pull of the same folder while it runs`() throws {
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let (work, _) = try prepare(["a.txt": Self.procedures])
        let lock = try SourcesLock(DataFolder(folder.path))
        let refusal = #expect(throws: FileRefusal.self) { try run(work) }
        #expect(refusal?.reason.contains("another pull or import") == true)
        lock.release()
        #expect(try run(work).count == 1)
    }

    @Test func `refuses a file whose bytes are not the listed ones, and an empty folder`() throws {
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let (work, _) = try prepare(["a.txt": Self.procedures])
        try (Self.procedures + "0010ZZ2 More\n").write(
            to: folder.appending(path: "sources/a.txt"), atomically: true, encoding: .utf8)
        let refusal = #expect(throws: FileRefusal.self) { try run(work) }
        #expect(refusal?.reason.contains("SHA-256") == true)
        try FileManager.default.removeItem(at: folder.appending(path: "sources"))
        #expect(throws: FileRefusal.self) { try run(work) }
    }

    @Test func `reads the CPT sample's two texts with their rights, and refuses another`() throws {
        let table = try SourceFile(name: "cpt-sample.json", bytes: SourceList.resource("cpt-sample.json"))
        var sink = ImportCollector()
        _ = try CPTSampleImporter(table, version: "2026").read(into: &sink)
        #expect(sink.codes.map(\.code) == ["20975"])
        #expect(sink.texts.map(\.block) == ["official", "common"])
        #expect(sink.texts.first?.rights.contains("American Medical Association") == true)
        #expect(throws: FileRefusal.self) { try CPTSampleImporter(table, version: "2025").read(into: &sink) }
        let broken = SourceFile(name: "x.json", bytes: Array("[]".utf8))
        #expect(throws: FileRefusal.self) { try CPTSampleImporter(broken, version: "2026").read(into: &sink) }
    }
}
