import Foundation
import Storage

/// A folder of its own for one test, deleted with it.
final class StoreFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            print("\(url.path) stays behind: \(error)")
        }
    }

    func path(_ name: String = "test.sqlite") -> String { url.appendingPathComponent(name).path }

    /// A store of numbered rows.
    func open(
        _ name: String = "test.sqlite", migrations: [Migration] = [.numbers],
        _ change: (inout StoreConfiguration) -> Void = { _ in }
    ) throws -> Store {
        var configuration = StoreConfiguration(path: path(name), migrations: migrations)
        change(&configuration)
        return try Store(configuration)
    }
}

extension Migration {
    static let numbers = Migration(
        "1 numbers", sql: "CREATE TABLE numbers (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
    static let names = Migration("2 names", sql: "CREATE TABLE names (name TEXT PRIMARY KEY) STRICT")
}

extension Store {
    /// Writes one row and waits for the disk.
    func insert(_ number: Int64, text: String = "") async throws {
        try await writer.write { database in
            try database.run("INSERT INTO numbers VALUES (?, ?)", [.integer(number), .text(text)])
        }
    }

    /// Every number that a reader sees.
    func numbers() throws -> [Int64] {
        try read { database in
            try database.all("SELECT number FROM numbers ORDER BY number") { row in row.integer(0) }
        }
    }
}
