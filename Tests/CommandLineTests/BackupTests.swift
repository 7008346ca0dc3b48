import Foundation
import GRDB
import Runtime
import Storage
import Testing

@testable import CommandLine

/// Backups of a data folder and their way back.
@Suite struct BackupTests {
    /// A data folder with two stores, a key and a résumé; and a place for backups.
    private final class Desk {
        let root: URL
        var data: String { root.appending(path: "data").path }
        var backup: String { root.appending(path: "backups/one").path }

        init() throws {
            root = FileManager.default.temporaryDirectory.appending(path: "backup-\(UUID().uuidString)")
            for (name, text) in [("gateway/signing.key", "made-up key"), ("jobs/resumes/abc.pdf", "%PDF-")] {
                let file = root.appending(path: "data/\(name)")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
        }

        deinit {
            do { try FileManager.default.removeItem(at: root) } catch { print("\(root.path) stays behind: \(error)") }
        }

        func store(_ name: String, in folder: String? = nil) throws -> Store {
            try Store(
                StoreConfiguration(
                    path: "\(folder ?? data)/\(name)",
                    migrations: [Migration("1 rows", sql: "CREATE TABLE rows (number INTEGER PRIMARY KEY)")]))
        }

        func add(_ number: Int, to name: String) async throws {
            let store = try store(name)
            try await store.writer.write { try $0.execute(sql: "INSERT INTO rows VALUES (?)", arguments: [number]) }
            try store.close()
        }

        func rows(of name: String, in folder: String? = nil) throws -> [Int] {
            let store = try store(name, in: folder)
            let rows = try store.read { try Int.fetchAll($0, sql: "SELECT number FROM rows ORDER BY number") }
            try store.close()
            return rows
        }

        func read(_ name: String, in folder: String) throws -> String {
            try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        }
    }

    @Test func `a lost data folder comes back whole from its backup`() async throws {
        let desk = try Desk()
        try await desk.add(1, to: "accounts/accounts.sqlite")
        try await desk.add(2, to: "jobs/jobs.sqlite")
        let manifest = try BackupFolder(path: desk.backup).make(from: desk.data, now: Date())
        #expect(
            manifest.items.map(\.path) == [
                "accounts/accounts.sqlite", "jobs/jobs.sqlite", "gateway/signing.key", "jobs/resumes/abc.pdf",
            ])
        #expect(try BackupFolder(path: desk.backup).verify() == manifest)
        let fresh = desk.root.appending(path: "fresh").path
        let written = try BackupFolder(path: desk.backup).restore(to: fresh, replacing: false, now: Date())
        #expect(written.count == 4)
        #expect(try desk.rows(of: "accounts/accounts.sqlite", in: fresh) == [1])
        #expect(try desk.rows(of: "jobs/jobs.sqlite", in: fresh) == [2])
        #expect(try desk.read("gateway/signing.key", in: fresh) == "made-up key")
        #expect(try desk.read("jobs/resumes/abc.pdf", in: fresh) == "%PDF-")
    }

    @Test func `a store that is there is refused, and with replacing kept beside`() async throws {
        let desk = try Desk()
        let store = "accounts/accounts.sqlite"
        try await desk.add(1, to: store)
        let backup = BackupFolder(path: desk.backup)
        _ = try backup.make(from: desk.data, now: Date())
        try await desk.add(2, to: store)
        let path = "\(desk.data)/\(store)"
        #expect(throws: BackupError.taken([path])) {
            try backup.restore(to: desk.data, replacing: false, now: Date())
        }
        #expect(try desk.rows(of: store) == [1, 2])
        let now = Date()
        _ = try backup.restore(to: desk.data, replacing: true, now: now)
        #expect(try desk.rows(of: store) == [1])
        #expect(try desk.rows(of: "\(store).before-\(now.nameOfFolder)") == [1, 2])
    }

    @Test func `a running program's store is refused even with replacing`() async throws {
        let desk = try Desk()
        let running = try desk.store("accounts/accounts.sqlite")
        let backup = BackupFolder(path: desk.backup)
        _ = try backup.make(from: desk.data, now: Date())
        let error = #expect(throws: StorageError.self) {
            try backup.restore(to: desk.data, replacing: true, now: Date())
        }
        #expect(error?.kind == .locked && error?.message.contains("Stop it first") == true)
        try running.close()
    }

    @Test(arguments: ["accounts/accounts.sqlite", "gateway/signing.key"])
    func `a backup with a changed or missing file restores nothing`(_ name: String) async throws {
        let desk = try Desk()
        try await desk.add(1, to: "accounts/accounts.sqlite")
        let backup = BackupFolder(path: desk.backup)
        _ = try backup.make(from: desk.data, now: Date())
        let file = "\(desk.backup)/\(name)"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: URL(fileURLWithPath: file))
        let fresh = desk.root.appending(path: "fresh").path
        #expect(throws: BackupError.changed(["\(name) has changed"])) {
            try backup.restore(to: fresh, replacing: false, now: Date())
        }
        try FileManager.default.removeItem(atPath: file)
        #expect(throws: BackupError.changed(["\(name) is missing"])) { try backup.verify() }
        #expect(!FileManager.default.fileExists(atPath: fresh))
    }

    @Test func `a folder without a manifest, and a manifest that points elsewhere, are refused`() async throws {
        let desk = try Desk()
        try await desk.add(1, to: "accounts/accounts.sqlite")
        let backup = BackupFolder(path: desk.backup)
        var manifest = try backup.make(from: desk.data, now: Date())
        let file = "\(desk.backup)/\(BackupManifest.fileName)"
        for path in ["../outside", "gateway/../../outside", "/etc/passwd", "lookup/CURRENT"] {
            manifest.items[0].path = path
            for migrations in [nil, ["1 rows"]] as [[String]?] {
                manifest.items[0].migrations = migrations
                try FileManager.default.removeItem(atPath: file)
                try manifest.write(in: desk.backup)
                #expect(throws: BackupError.self) { try backup.verify() }
            }
        }
        try FileManager.default.removeItem(atPath: file)
        #expect(throws: BackupError.self) { try backup.verify() }
    }

    @Test func `of backups the newest are kept, and what is no backup is left alone`() async throws {
        let desk = try Desk()
        try await desk.add(1, to: "accounts/accounts.sqlite")
        let parent = desk.root.appending(path: "backups").path
        for second in 0..<4 {
            let now = Date(timeIntervalSince1970: 1_700_000_000 + Double(second))
            _ = try BackupFolder(path: "\(parent)/\(now.nameOfFolder)").make(from: desk.data, now: now)
        }
        try FileManager.default.createDirectory(atPath: "\(parent)/0-mine", withIntermediateDirectories: true)
        try BackupCommand.prune(parent, keeping: 2)
        let kept = try FileManager.default.contentsOfDirectory(atPath: parent).sorted()
        #expect(kept == ["0-mine", "2023-11-14T221322Z", "2023-11-14T221323Z"])
    }

    @Test func `check names a damaged store and the way back`() async throws {
        let desk = try Desk()
        try await desk.add(1, to: "jobs/jobs.sqlite")
        let settings = try Settings(environment: ["CODINGAHEAD_DATA": desk.data])
        let sound = try #require(StoreChecks(settings: settings).findings().first { $0.subject == "store jobs" })
        #expect(sound.verdict == .good && sound.says.contains("schema step 1"))
        try Data(repeating: 0xA5, count: 8_192).write(to: URL(fileURLWithPath: "\(desk.data)/jobs/jobs.sqlite"))
        let finding = try #require(StoreChecks(settings: settings).findings().first { $0.subject == "store jobs" })
        #expect(finding.verdict == .bad)
        #expect(finding.says.contains("codingahead restore FOLDER --only jobs --replace"), "\(finding.says)")
    }

    @Test func `check knows a store of a newer program, and the age of the last backup`() async throws {
        let desk = try Desk()
        try await desk.add(1, to: "accounts/accounts.sqlite")
        let settings = try Settings(environment: ["CODINGAHEAD_DATA": desk.data])
        let newer = try #require(StoreChecks(settings: settings).findings().first { $0.subject == "store accounts" })
        #expect(newer.verdict == .bad && newer.says.contains("newer program"), "1 rows is no step of Accounts")
        #expect(BackupChecks(settings: settings).finding().verdict == .notice)
        let now = Date()
        _ = try BackupFolder(path: "\(desk.data)/backups/\(now.nameOfFolder)").make(from: desk.data, now: now)
        #expect(BackupChecks(settings: settings, now: now).finding().verdict == .good)
        let later = BackupChecks(settings: settings, now: now + 8 * 86_400).finding()
        #expect(later.verdict == .notice && later.says.contains("8 days old"))
    }
}
