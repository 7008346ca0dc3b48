import Foundation
import GRDB
import Storage
import Support
import Testing

/// Copies of stores that are written to, and their way back.
@Suite struct StoreBackupTests {
    @Test func `a copy of a store under load holds a prefix of what was acknowledged, and all from before`()
        async throws
    {
        let folder = try StoreFolder()
        let store = try folder.open()
        for number in 1...200 { try await store.insert(Int64(number)) }
        let isOver = Shared(false)
        let last = Shared(Int64(200))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var number = Int64(200)
                while !isOver.current {
                    number += 1
                    try await store.insert(number, text: String(repeating: "x", count: 500))
                    let written = number
                    last.withLock { $0 = written }
                }
            }
            for round in 0..<5 {
                let before = last.current
                let copy = try StoreCopy.make(of: folder.path(), at: folder.path("copy-\(round).sqlite"))
                #expect(copy.migrations == ["1 numbers"])
                let kept = try folder.open("copy-\(round).sqlite")
                let numbers = try kept.numbers()
                #expect(numbers == Array(1...Int64(numbers.count)), "a gap in the copy")
                #expect(numbers.count >= before, "acknowledged before the copy began")
                try kept.close()
            }
            isOver.withLock { $0 = true }
            try await group.waitForAll()
        }
        try store.close()
    }

    @Test func `a copy is one file, for its owner alone, and overwrites nothing`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try await store.insert(1)
        let target = folder.path("copy.sqlite")
        let copy = try StoreCopy.make(of: folder.path(), at: target)
        #expect(try StoreCopy.examine(target, whole: true) == copy)
        let attributes = try FileManager.default.attributesOfItem(atPath: target)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(!FileManager.default.fileExists(atPath: target + "-wal"))
        #expect(throws: StorageError.self) { try StoreCopy.make(of: folder.path(), at: target) }
        try store.close()
    }

    @Test func `a damaged store is not taken for a backup, and nothing is left of the try`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        for number in 1...2_000 { try await store.insert(Int64(number), text: String(repeating: "y", count: 200)) }
        try store.close()
        try Self.damage(folder.path())
        let error = #expect(throws: StorageError.self) {
            try StoreCopy.make(of: folder.path(), at: folder.path("copy.sqlite"))
        }
        #expect(error?.kind == .damaged)
        #expect(error?.message.contains(folder.path()) == true || error?.message.contains("copy.sqlite") == true)
        #expect(!FileManager.default.fileExists(atPath: folder.path("copy.sqlite")))
        let look = #expect(throws: StorageError.self) { try StoreLook(at: folder.path()) }
        #expect(look?.kind == .damaged && look?.message.contains("codingahead restore") == true)
    }

    @Test func `a copy that was changed does not take a store's place`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try await store.insert(1)
        let copy = try StoreCopy.make(of: folder.path(), at: folder.path("copy.sqlite"))
        try await store.insert(2)
        try store.close()
        #expect(throws: StorageError.self) {
            try StoreRestore.put(
                folder.path("copy.sqlite"), sha256: String(repeating: "0", count: 64), at: folder.path(),
                asideEnding: ".old")
        }
        let same = try folder.open()
        #expect(try same.numbers() == [1, 2])
        try same.close()
        try StoreRestore.owning([folder.path()]) {
            try StoreRestore.put(
                folder.path("copy.sqlite"), sha256: copy.sha256, at: folder.path(), asideEnding: ".old")
        }
        let restored = try folder.open()
        #expect(try restored.numbers() == [1])
        try restored.close()
        let aside = try folder.open("test.sqlite.old")
        #expect(try aside.numbers() == [1, 2], "what was there is kept")
        try aside.close()
    }

    @Test func `while a program has one of the stores none is owned`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open("second.sqlite")
        let error = #expect(throws: StorageError.self) {
            try StoreRestore.owning([folder.path("first.sqlite"), folder.path("second.sqlite")]) {
                Issue.record("it must not run")
            }
        }
        #expect(error?.kind == .locked)
        try StoreRestore.owning([folder.path("first.sqlite")]) {}
        try store.close()
    }

    /// Overwrites pages in the middle of the file.
    static func damage(_ path: String) throws {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seek(toOffset: 3 * 4_096)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 8 * 4_096))
        try handle.close()
    }
}

extension StoreBackupTests {
    @Test func `a store closes although somebody reads its log all the time, and loses nothing`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try await store.insert(1)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.path(), configuration: configuration)
        try await other.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN")
            _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM numbers")
        }
        try await store.insert(2)
        let begun = ContinuousClock.now
        try store.close()
        #expect(ContinuousClock.now - begun < .seconds(3), "a stop must not wait for readers")
        try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        try other.close()
        let again = try folder.open()
        #expect(try again.numbers() == [1, 2])
        try again.close()
    }
}
