import Foundation
import Testing

@testable import CommandLine
@testable import Lookup

@Suite struct `Pulling sources` {
    private let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

    private func list(_ text: String, places: String = "[\"deep/one.txt\"]", extra: String = "") throws -> SourceList {
        let json = """
            {"files": [{"id": "one", "file": "one.txt", "sha256": "\(FileDigest.sha256(Array(text.utf8)))",
              "places": \(places), "from": "This test"\(extra)}], "editions": [], "wanted": []}
            """
        return try JSONDecoder().decode(SourceList.self, from: Data(json.utf8))
    }

    private func write(_ text: String, to path: String) throws {
        let url = root.appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
    }

    private func pull(_ list: SourceList, from: String? = "downloads") throws -> [PullOutcome.Result] {
        try DataPull(
            dataFolder: root.appending(path: "data").path, from: from.map { root.appending(path: $0).path }, list: list,
            shared: root.appending(path: "shared").path
        ).run { _ in }.map(\.result)
    }

    private var pulled: String? {
        FileManager.default.contents(atPath: root.appending(path: "data/sources/one.txt").path).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test func `takes a file from the folder given, then from the shared folder, and leaves it alone the next time`()
        throws
    {
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: root) } }
        try write("hello", to: "downloads/one.txt")
        try write("hello", to: "shared/deep/one.txt")
        let list = try list("hello")
        #expect(try pull(list) == [.taken(from: root.appending(path: "downloads/one.txt").path)])
        #expect(pulled == "hello")
        #expect(try pull(list) == [.kept])
        try write("damaged", to: "data/sources/one.txt")
        #expect(try pull(list, from: nil) == [.taken(from: root.appending(path: "shared/deep/one.txt").path)])
        #expect(pulled == "hello")
    }

    @Test func `unpacks what is compressed or inside an archive`() throws {
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: root) } }
        try write("hello", to: "made/inner.txt")
        let made = root.appending(path: "made").path
        let script = """
            import gzip, os, sys, zipfile
            os.makedirs(sys.argv[2])
            with gzip.open(sys.argv[2] + "/one.txt.gz", "wb") as out: out.write(b"hello")
            zipfile.ZipFile(sys.argv[2] + "/all.zip", "w").write(sys.argv[1] + "/inner.txt", "inner.txt")
            """
        try python(script, made, root.appending(path: "downloads").path)
        #expect(try pull(list("hello")) == [.taken(from: root.appending(path: "downloads/one.txt.gz").path)])
        #expect(pulled == "hello")
        try FileManager.default.removeItem(at: root.appending(path: "data"))
        let archived = try list("hello", places: "[\"all.zip\"]", extra: ", \"member\": \"inner.txt\"")
        try FileManager.default.removeItem(at: root.appending(path: "downloads/one.txt.gz"))
        #expect(try pull(archived) == [.taken(from: root.appending(path: "downloads/all.zip").path)])
        #expect(pulled == "hello")
    }

    @Test func `takes a package's archive from the folder given, and the file out of it`() throws {
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: root) } }
        try write("hello", to: "made/inner.txt")
        try write("", to: "downloads/other.txt")
        let archive = root.appending(path: "downloads/some_demo-1.0-py3-none-any.whl").path
        let script = "import sys, zipfile; zipfile.ZipFile(sys.argv[2], 'w').write(sys.argv[1], 'demo/inner.txt')"
        try python(script, root.appending(path: "made/inner.txt").path, archive)
        let package = """
            , "package": {"name": "some-demo", "version": "1.0", "member": "demo/inner.txt",
              "sha256": "\(try FileDigest.sha256(ofFileAt: archive))"}
            """
        #expect(try pull(list("hello", places: "[]", extra: package)) == [.taken(from: "some-demo 1.0")])
        #expect(pulled == "hello")
    }

    private func python(_ script: String, _ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script] + arguments
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func `stops at a file with other bytes than the list pins, and replaces nothing`() throws {
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: root) } }
        try write("changed", to: "downloads/one.txt")
        let error = #expect(throws: ChangedFile.self) { try pull(list("hello")) }
        #expect(error?.description.contains(FileDigest.sha256(Array("changed".utf8))) == true)
        #expect(pulled == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: root.path + "/data/sources") == [".lock"])
    }

    @Test func `says what it found nowhere, and removes what a killed pull left`() throws {
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: root) } }
        try write("half", to: "data/sources/.partial-one.txt")
        #expect(try pull(list("hello")) == [.absent])
        #expect(try FileManager.default.contentsOfDirectory(atPath: root.path + "/data/sources") == [".lock"])
    }

    @Test func `says when a pulled file has other bytes and no place has the right ones`() throws {
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: root) } }
        try write("damaged", to: "data/sources/one.txt")
        guard case .failed(let reason) = try pull(list("hello")).first else {
            Issue.record("the damaged file was not noticed")
            return
        }
        #expect(reason.contains("other bytes"))
    }

    @Test func `takes the program's own resources`() throws {
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: root) } }
        let sample = String(decoding: try SourceList.resource("cpt-sample.json"), as: UTF8.self)
        let own = try list(sample, places: "[]", extra: ", \"resource\": \"cpt-sample.json\"")
        #expect(try pull(own) == [.taken(from: "the program itself")])
        #expect(pulled == sample)
    }
}
