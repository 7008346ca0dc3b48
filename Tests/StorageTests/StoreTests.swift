import Foundation
import GRDB
import Storage
import Testing

@Suite struct StoreTests {
    @Test func `what was written is read again after closing and opening`() async throws {
        let folder = try StoreFolder()
        let first = try folder.open()
        try await first.insert(7)
        try first.close()
        let second = try folder.open()
        #expect(try second.numbers() == [7])
        try second.check()
        try second.close()
        // Closing what is closed does nothing.
        try second.close()
    }

    @Test func `acknowledged writes survive a process that never closes`() async throws {
        let folder = try StoreFolder()
        let abandoned = try folder.open()
        for number in 1...20 { try await abandoned.insert(Int64(number)) }
        // What a crash leaves: the file and its log as they lie on the disk, without the owner's goodbye.
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: folder.path() + suffix, toPath: folder.path("crashed.sqlite") + suffix)
        }
        let recovered = try folder.open("crashed.sqlite")
        #expect(try recovered.numbers() == Array(1...20))
        try recovered.close()
        try abandoned.close()
    }

    @Test func `a store needs no folder for temporary files`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let sql = "PRAGMA temp_store"
        #expect(try await store.writer.write { try Int.fetchOne($0, sql: sql) } == 2)
        #expect(try store.read { try Int.fetchOne($0, sql: sql) } == 2)
        try store.close()
    }

    @Test func `a store has one owner`() throws {
        let folder = try StoreFolder()
        let owner = try folder.open()
        let error = #expect(throws: StorageError.self) { try folder.open() }
        #expect(error?.kind == .locked)
        #expect(error?.message.contains("\(ProcessInfo.processInfo.processIdentifier)") == true)
        try owner.close()
    }

    @Test func `the lock is free after a store that could not be opened`() throws {
        let folder = try StoreFolder()
        #expect(throws: (any Error).self) {
            try folder.open(migrations: [.numbers, Migration("2 wrong", sql: "CREATE NONSENSE")])
        }
        let store = try folder.open()
        #expect(try store.numbers() == [])
        try store.close()
    }

    @Test func `migrations run once, in order, and later ones are added`() async throws {
        let folder = try StoreFolder()
        let old = try folder.open(migrations: [.numbers])
        try await old.insert(1)
        try old.close()
        let new = try folder.open(migrations: [.numbers, .names])
        #expect(try new.numbers() == [1])
        #expect(try new.read { try $0.first("SELECT count(*) FROM names") { $0.integer(0) } } == 0)
        try new.close()
    }

    @Test func `a file of a newer program is refused and left alone`() throws {
        let folder = try StoreFolder()
        try folder.open(migrations: [.numbers, .names]).close()
        let error = #expect(throws: StorageError.self) { try folder.open(migrations: [.numbers]) }
        #expect(error?.kind == .newerSchema)
        #expect(error?.message.contains("2 names") == true)
        try folder.open(migrations: [.numbers, .names]).close()
    }

    @Test func `a migration slipped in before a released one is refused`() throws {
        let folder = try StoreFolder()
        try folder.open(migrations: [.names]).close()
        let error = #expect(throws: StorageError.self) { try folder.open(migrations: [.numbers, .names]) }
        #expect(error?.kind == .newerSchema)
    }

    @Test func `a failing migration leaves the file as it was`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try await store.insert(1)
        try store.close()
        let half = Migration("2 half", sql: "CREATE TABLE half (a INTEGER); INSERT INTO nowhere VALUES (1)")
        #expect(throws: StorageError.self) { try folder.open(migrations: [.numbers, half]) }
        let again = try folder.open()
        #expect(try again.numbers() == [1])
        #expect(try again.read { try $0.first("SELECT 1 FROM sqlite_master WHERE name = 'half'") { _ in 1 } } == nil)
        try again.close()
    }

    @Test(arguments: ["no database at all, only text that is long enough to be read as a header of one", "x"])
    func `a file that is no database is refused with what to do`(content: String) throws {
        let folder = try StoreFolder()
        try String(repeating: content, count: 100).write(toFile: folder.path(), atomically: true, encoding: .utf8)
        let error = #expect(throws: StorageError.self) { try folder.open() }
        #expect(error?.kind == .damaged)
        #expect(error?.message.contains(folder.path()) == true)
        #expect(error?.message.contains("backup") == true)
    }

    @Test func `a damaged page is found at start`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try await store.writer.write { database in
            for number in 1...2_000 {
                let text = String(repeating: "x", count: 50)
                try database.run("INSERT INTO numbers VALUES (?, ?)", [.integer(Int64(number)), .text(text)])
            }
        }
        try store.close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.path()))
        try file.seek(toOffset: 4096 * 5)
        try file.write(contentsOf: [UInt8](repeating: 0xA5, count: 4096))
        try file.close()
        let error = #expect(throws: StorageError.self) { try folder.open() }
        #expect(error?.kind == .damaged)
    }

    @Test func `the file can be read by its owner only`() throws {
        let folder = try StoreFolder()
        try folder.open("made/on/the/way.sqlite").close()
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("made/on/the/way.sqlite"))
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test func `commits are synced to the disk`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let modes = try await store.writer.write { database in
            [
                try String.fetchOne(database, sql: "PRAGMA journal_mode"),
                try String.fetchOne(database, sql: "PRAGMA synchronous"),
                try String.fetchOne(database, sql: "PRAGMA foreign_keys"),
            ]
        }
        #expect(modes == ["wal", "2", "1"])
        try store.close()
    }

    @Test func `readers cannot write`() throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        #expect(throws: StorageError.self) {
            try store.read { try $0.run("INSERT INTO numbers VALUES (1, '')") }
        }
        try store.close()
    }

    @Test func `a snapshot sees one commit, however many happen meanwhile`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try await store.insert(1)
        let written = DispatchSemaphore(value: 0)
        let counts = try store.snapshot { database in
            let before = try database.first("SELECT count(*) FROM numbers") { $0.integer(0) }
            store.writer.submit {
                try $0.run("INSERT INTO numbers VALUES (2, '')")
            } completion: { _ in
                written.signal()
            }
            written.wait()
            return [before, try database.first("SELECT count(*) FROM numbers") { $0.integer(0) }]
        }
        #expect(counts == [1, 1])
        #expect(try store.numbers() == [1, 2])
        try store.close()
    }

    @Test func `a closed store refuses reads and writes`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try store.close()
        let write = await #expect(throws: StorageError.self) { try await store.insert(1) }
        #expect(write?.kind == .closed)
        let read = #expect(throws: StorageError.self) { try store.numbers() }
        #expect(read?.kind == .closed)
    }

    @Test func `values of every kind come back as they went in`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open(migrations: [Migration("1 kinds", sql: "CREATE TABLE kinds (a, b, c, d, e)")])
        try await store.writer.write { database in
            try database.run(
                "INSERT INTO kinds VALUES (?, ?, ?, ?, ?)",
                [.integer(.min), .text("Fußnote ✓"), .blob([0, 255, 0]), .null, .text("")])
        }
        let row = try store.read { database in
            try database.first("SELECT * FROM kinds") { row in
                (row.integer(0), row.text(1), row.blob(2), row.isNull(3), row.isNull(4), row.text(4))
            }
        }
        let (integer, text, blob, isNull, isEmptyNull, empty) = try #require(row)
        #expect(integer == .min)
        #expect(text == "Fußnote ✓")
        #expect(blob == [0, 255, 0])
        #expect(isNull)
        #expect(!isEmptyNull && empty.isEmpty)
        try store.close()
    }
}
