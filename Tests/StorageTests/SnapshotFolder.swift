import Glibc
import Logging

@testable import Storage

/// A temporary folder of snapshots, removed with the value.
final class SnapshotFolder {
    let directory: SnapshotDirectory

    init() {
        var template = Array("/tmp/snapshot-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { fatalError("no temporary folder: errno \(errno)") }
        directory = SnapshotDirectory(
            path: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    deinit {
        do {
            for name in try SnapshotFile.names(in: directory.path) { try SnapshotFile.remove(directory.file(name)) }
        } catch {
            print("left behind: \(directory.path): \(error)")
        }
        rmdir(directory.path)
    }

    /// Publishes a snapshot whose one table holds the same value in each row.
    @discardableResult
    func publish(_ value: Int, rows: Int = 100) throws -> SnapshotPointer {
        let started = try directory.beginImport()
        try Self.build(at: started.path, value, rows: rows)
        return try started.publish { _ in }
    }

    static func build(at path: String, _ value: Int, rows: Int = 100) throws {
        let connection = try SnapshotConnection(creating: path)
        try connection.execute("BEGIN; CREATE TABLE numbers (value INTEGER NOT NULL)")
        let insert = try connection.statement("INSERT INTO numbers VALUES (?)")
        for _ in 0..<rows {
            insert.bind(1, value)
            try insert.run()
        }
        try connection.execute("COMMIT")
    }

    func reader() -> SnapshotReader<Int> {
        SnapshotReader(directory: directory, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) {
            connection, _ in try connection.first("SELECT max(value) FROM numbers") { $0.int(0) } ?? -1
        }
    }
}
