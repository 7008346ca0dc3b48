import Glibc
import Synchronization
import Testing

@testable import Storage

/// What the readers of a test tell each other.
private final class Progress: Sendable {
    let done = Atomic(false)
    let reads = Atomic(0)
}

@Suite("Reading snapshots")
struct SnapshotReaderTests {
    @Test("An empty folder serves nothing until a snapshot appears")
    func emptyFolder() throws {
        let folder = SnapshotFolder()
        let reader = folder.reader()
        #expect(reader.refresh() == false)
        #expect(reader.serving == nil)
        #expect(throws: SnapshotError.nothingPublished(folder: folder.directory.path)) {
            try reader.read { _, content in content }
        }
        let pointer = try folder.publish(7)
        #expect(reader.refresh())
        #expect(reader.serving == pointer)
        #expect(try reader.read { _, content in content } == 7)
        #expect(reader.refresh() == false)
    }

    @Test("Reads on many threads see one whole snapshot each while others are published")
    func swapUnderReads() async throws {
        let folder = SnapshotFolder()
        let reader = folder.reader()
        try folder.publish(0)
        reader.refresh()
        let progress = Progress()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    while !progress.done.load(ordering: .relaxed) {
                        let (least, greatest, content) = try reader.read { connection, content in
                            let values = try connection.all("SELECT value FROM numbers") { $0.int(0) }
                            return (values.min(), values.max(), content)
                        }
                        #expect(least == greatest)
                        #expect(least == content)
                        progress.reads.add(1, ordering: .relaxed)
                        await Task.yield()
                    }
                }
            }
            for value in 1...20 {
                try folder.publish(value)
                #expect(reader.refresh())
                #expect(try reader.read { _, content in content } == value)
                await Task.yield()
            }
            progress.done.store(true, ordering: .relaxed)
            try await group.waitForAll()
        }
        #expect(progress.reads.load(ordering: .relaxed) > 20)
    }

    @Test("A read that is under way ends on the snapshot that it began with")
    func readOutlivesSwap() throws {
        let folder = SnapshotFolder()
        let reader = folder.reader()
        try folder.publish(1)
        reader.refresh()
        try reader.read { connection, content in
            try folder.publish(2)
            try folder.publish(3)
            reader.refresh()
            #expect(try connection.first("SELECT value FROM numbers") { $0.int(0) } == 1)
            #expect(content == 1)
            #expect(try reader.read { _, content in content } == 3)
        }
    }

    @Test("A damaged file leaves the one before serving", arguments: ["checksum", "truncated", "missing", "pointer"])
    func damagedFile(kind: String) throws {
        let folder = SnapshotFolder()
        let reader = folder.reader()
        try folder.publish(1)
        reader.refresh()
        let pointer = try folder.publish(2)
        let path = folder.directory.file(pointer.fileName)
        switch kind {
        case "checksum":
            let file = try SnapshotFile.open(path, O_RDWR)
            #expect(pwrite(file, "x", 1, 4_000) == 1)
            close(file)
        case "truncated": #expect(truncate(path, 4_096) == 0)
        case "missing": try SnapshotFile.remove(path)
        default: try SnapshotFile.write("nonsense", to: folder.directory.file("CURRENT"))
        }
        #expect(reader.refresh() == false)
        #expect(reader.serving?.number == 1)
        #expect(try reader.read { _, content in content } == 1)
        #expect(throws: SnapshotError.self) { try folder.directory.openCurrent() }
        if kind != "pointer" {
            try folder.publish(3)
            #expect(reader.refresh())
            #expect(try reader.read { _, content in content } == 3)
        }
    }

    @Test("Names with characters that a URI gives a meaning to can be opened")
    func oddNames() throws {
        let folder = SnapshotFolder()
        let path = folder.directory.file("100% #1?.sqlite")
        try SnapshotFolder.build(at: path, 5)
        let connection = try SnapshotConnection(reading: path)
        #expect(try connection.first("SELECT value FROM numbers") { $0.int(0) } == 5)
        #expect(throws: SnapshotError.self) { try connection.execute("DELETE FROM numbers") }
    }

    @Test("A statement in use is not handed out a second time")
    func nestedStatements() throws {
        let folder = SnapshotFolder()
        let path = folder.directory.file("nested.sqlite")
        try SnapshotFolder.build(at: path, 5, rows: 3)
        let connection = try SnapshotConnection(reading: path)
        var pairs = 0
        func each(_ body: () throws -> Void) throws {
            try connection.each("SELECT value FROM numbers", { _ in }) { _ in
                try body()
                return true
            }
        }
        try each { try each { pairs += 1 } }
        #expect(pairs == 9)
    }

    @Test("Texts and blobs keep every byte, empty ones too", arguments: ["", "a\u{0}b", "Ménière’s", "💊"])
    func values(text: String) throws {
        let folder = SnapshotFolder()
        let path = folder.directory.file("values.sqlite")
        let connection = try SnapshotConnection(creating: path)
        try connection.execute("CREATE TABLE t (a TEXT NOT NULL, b BLOB, c INTEGER)")
        let insert = try connection.statement("INSERT INTO t VALUES (?, ?, ?)")
        insert.bind(1, text)
        insert.bind(2, blob: Array(text.utf8))
        insert.bind(3, nil)
        try insert.run()
        let read = try connection.first("SELECT a, b, c FROM t") { row in
            (row.text(0), row.withBytes(1) { Array($0) }, row.optionalInt(2))
        }
        #expect(read?.0 == text)
        #expect(read?.1 == Array(text.utf8))
        #expect(read?.2 == nil)
    }
}
