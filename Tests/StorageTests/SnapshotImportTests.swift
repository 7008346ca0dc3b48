import Glibc
import Testing

@testable import Storage

@Suite("Publishing snapshots")
struct SnapshotImportTests {
    @Test("Two imports exclude each other, and the lock goes with the first")
    func exclusive() throws {
        let folder = SnapshotFolder()
        do {
            let first = try folder.directory.beginImport()
            #expect(throws: SnapshotError.importRunning(folder: folder.directory.path)) {
                try folder.directory.beginImport()
            }
            try withExtendedLifetime(first) { try first.abandon() }
        }
        try folder.publish(1)
    }

    @Test("What a killed import left is removed by the next, and the published one stays")
    func debris() throws {
        let folder = SnapshotFolder()
        try folder.publish(1)
        // Half a file, half a pointer, and a whole file that CURRENT never came to name.
        try SnapshotFile.write("half", to: folder.directory.file("building.sqlite"))
        try SnapshotFile.write("half", to: folder.directory.file("building.sqlite-journal"))
        try SnapshotFile.write("snap", to: folder.directory.file("CURRENT.new"))
        try SnapshotFile.write("orphan", to: folder.directory.file("snapshot-000002.sqlite"))
        #expect(try folder.directory.current()?.number == 1)
        try folder.publish(2)
        let names = try SnapshotFile.names(in: folder.directory.path).sorted()
        #expect(names == ["CURRENT", "LOCK", "snapshot-000001.sqlite", "snapshot-000002.sqlite"])
        #expect(try folder.directory.current()?.number == 2)
    }

    @Test("The snapshot before the published one is kept, older ones are not")
    func retention() throws {
        let folder = SnapshotFolder()
        for value in 1...4 { try folder.publish(value) }
        let names = try SnapshotFile.names(in: folder.directory.path).filter { $0.hasPrefix("snapshot") }.sorted()
        #expect(names == ["snapshot-000003.sqlite", "snapshot-000004.sqlite"])
    }

    @Test("An index file is published, verified and removed together with its snapshot")
    func index() throws {
        let folder = SnapshotFolder()
        for value in 1...3 {
            let started = try folder.directory.beginImport()
            try SnapshotFolder.build(at: started.path, value)
            try SnapshotFile.write("index \(value)", to: started.indexPath)
            _ = try started.publish { _ in }
        }
        let names = try SnapshotFile.names(in: folder.directory.path).filter { $0.hasPrefix("snapshot") }.sorted()
        #expect(
            names == [
                "snapshot-000002.index", "snapshot-000002.sqlite", "snapshot-000003.index", "snapshot-000003.sqlite",
            ])
        let (pointer, _) = try folder.directory.openCurrent()
        let mapped = try #require(try folder.directory.mapIndex(of: pointer))
        #expect(String(decoding: mapped.bytes, as: UTF8.self) == "index 3")
        try SnapshotFile.write("INDEX 3", to: folder.directory.file(pointer.indexFileName))
        #expect(throws: SnapshotError.self) { try folder.directory.openCurrent() }
        try folder.publish(4)
        #expect(try folder.directory.mapIndex(of: folder.directory.openCurrent().0) == nil)
    }

    @Test("A snapshot that fails its verification is not published")
    func verification() throws {
        struct Refused: Error {}
        let folder = SnapshotFolder()
        try folder.publish(1)
        let started = try folder.directory.beginImport()
        try SnapshotFolder.build(at: started.path, 2)
        #expect(throws: Refused.self) { try started.publish { _ in throw Refused() } }
        #expect(try folder.directory.current()?.number == 1)
    }

    @Test("A corrupt file is not published")
    func corruption() throws {
        let folder = SnapshotFolder()
        let started = try folder.directory.beginImport()
        try SnapshotFolder.build(at: started.path, 2, rows: 20_000)
        let file = try SnapshotFile.open(started.path, O_RDWR)
        let noise = [UInt8](repeating: 0xa5, count: 4_096)
        #expect(pwrite(file, noise, noise.count, 16_384) == noise.count)
        close(file)
        #expect(throws: SnapshotError.self) { try started.publish { _ in } }
        #expect(try folder.directory.current() == nil)
    }

    @Test("A killed import leaves the old snapshot serving and no debris after the next")
    func killedProcess() throws {
        let folder = SnapshotFolder()
        try folder.publish(1)
        // A real process that holds the lock and writes, and dies by SIGKILL.
        let script = "exec 9>LOCK; flock -n 9 || exit 1; echo half > building.sqlite; echo locked; sleep 60"
        let child = try ChildShell(script, in: folder.directory.path)
        try child.waitForOutput()
        #expect(throws: SnapshotError.importRunning(folder: folder.directory.path)) {
            try folder.directory.beginImport()
        }
        child.kill()
        #expect(try folder.directory.current()?.number == 1)
        try folder.publish(2)
        let names = try SnapshotFile.names(in: folder.directory.path).sorted()
        #expect(names == ["CURRENT", "LOCK", "snapshot-000001.sqlite", "snapshot-000002.sqlite"])
    }

    @Test(
        "A pointer is read only when it is whole",
        arguments: [
            "", "snapshot-000001.sqlite", "snapshot-1.sqlite \(String(repeating: "a", count: 64)) 5", "../x y 5",
        ])
    func pointers(line: String) {
        #expect(SnapshotPointer(line: line) == nil)
    }

    @Test("A pointer is written and read back")
    func pointerRoundTrip() {
        let pointer = SnapshotPointer(number: 1_234_567, sha256: String(repeating: "0a", count: 32), bytes: 99)
        #expect(SnapshotPointer(line: pointer.line) == pointer)
        let indexed = SnapshotPointer(
            number: 7, sha256: String(repeating: "0a", count: 32), bytes: 99,
            index: .init(sha256: String(repeating: "1b", count: 32), bytes: 5))
        #expect(SnapshotPointer(line: indexed.line) == indexed)
    }
}
