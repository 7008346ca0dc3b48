import GRDB
package import Storage
import Synchronization

/// Editors' texts: Lookup's own small writable store. Versions are appended and never changed.
package final class EditorTextStore: Sendable {
    /// Oldest first; released steps are never edited.
    package static let migrations: [Migration] = [
        Migration(
            "1 texts",
            sql: """
                CREATE TABLE texts (
                    id INTEGER PRIMARY KEY, system TEXT NOT NULL, code TEXT NOT NULL, block TEXT NOT NULL,
                    version INTEGER NOT NULL CHECK (version > 0), markdown TEXT NOT NULL, author TEXT NOT NULL,
                    created_at INTEGER NOT NULL, restored_from INTEGER, UNIQUE (system, code, block, version)) STRICT;
                """)
    ]

    private let store: Store
    /// `system/code` of every code with a text, so that other pages cost no read.
    private let known: Mutex<Set<String>>

    /// Opens, or makes, the store.
    ///
    /// - Throws: `StorageError`.
    package init(path: String) throws {
        store = try Store(StoreConfiguration(path: path, migrations: Self.migrations))
        let rows = try store.read { database in
            try database.all("SELECT DISTINCT system, code FROM texts") { $0.text(0) + "/" + $0.text(1) }
        }
        known = Mutex(Set(rows))
    }

    /// Finishes what waits and gives the file up.
    package func close() throws { try store.close() }

    /// The texts that stand on a code's page: the newest version of each block, when it is not empty.
    func current(_ code: String, in system: CodeSystem) throws -> [EditorText] {
        guard known.withLock({ $0.contains("\(system.rawValue)/\(code)") }) else { return [] }
        let rows = try store.read { database in
            try database.all(
                """
                SELECT system, code, block, max(version), markdown, author, created_at, restored_from FROM texts
                WHERE system = ? AND code = ? GROUP BY block
                """, [.text(system.rawValue), .text(code)]
            ) { try Self.text($0) }
        }
        return rows.filter { !$0.markdown.isEmpty }
    }

    /// Versions, newest first.
    ///
    /// - Parameters:
    ///   - code: nil: of every code.
    ///   - before: row numbers from this one on are left out; 0: none.
    /// - Returns: the texts with their row numbers.
    func versions(
        _ code: String?, in system: CodeSystem?, before: Int, limit: Int
    ) throws -> [(row: Int, text: EditorText)] {
        try store.read { database in
            try database.all(
                """
                SELECT system, code, block, version, markdown, author, created_at, restored_from, id FROM texts
                WHERE (?1 = '' OR system = ?1) AND (?2 = '' OR code = ?2) AND (?3 = 0 OR id < ?3)
                ORDER BY id DESC LIMIT ?4
                """,
                [
                    .text(system?.rawValue ?? ""), .text(code ?? ""), .integer(Int64(before)), .integer(Int64(limit)),
                ]
            ) { (row: Int($0.integer(8)), text: try Self.text($0)) }
        }
    }

    /// Appends a version.
    ///
    /// - Parameters:
    ///   - text: its version is not read.
    ///   - base: the version that the editor saw; 0: none.
    /// - Throws: `LookupError.conflict` when another was written since; `.notFound` for a version to restore that is not
    ///   there; `StorageError`.
    func append(_ text: EditorText, base: Int) async throws -> EditorText {
        let written = try await store.writer.write { database in
            let place: [Bound] = [.text(text.system.rawValue), .text(text.code), .text(text.block.rawValue)]
            let newest =
                try database.first(
                    "SELECT max(version) FROM texts WHERE system = ? AND code = ? AND block = ?", place
                ) { Int($0.integer(0)) } ?? 0
            guard newest == base else {
                throw LookupError.conflict(
                    "The text is at version \(newest) now, not \(base): somebody else wrote it. Read it again.")
            }
            var next = text
            next.version = newest + 1
            if let restored = text.restoredFrom {
                guard
                    let words = try database.first(
                        "SELECT markdown FROM texts WHERE system = ? AND code = ? AND block = ? AND version = ?",
                        place + [.integer(Int64(restored))], { $0.text(0) })
                else { throw LookupError.notFound("There is no version \(restored) of this text.") }
                next.markdown = words
            }
            try database.run(
                """
                INSERT INTO texts (system, code, block, version, markdown, author, created_at, restored_from)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                place + [
                    .integer(Int64(next.version)), .text(next.markdown), .text(next.author), .integer(next.createdAt),
                    next.restoredFrom.map { .integer(Int64($0)) } ?? .null,
                ])
            return next
        }
        known.withLock { _ = $0.insert("\(text.system.rawValue)/\(text.code)") }
        return written
    }

    private static func text(_ row: borrowing PreparedRow) throws -> EditorText {
        guard let system = CodeSystem(rawValue: row.text(0)), let block = BlockKind(rawValue: row.text(2)) else {
            throw SnapshotError.damaged(path: "texts", reason: "a text of an unknown system or block")
        }
        return EditorText(
            system: system, code: row.text(1), block: block, version: Int(row.integer(3)), markdown: row.text(4),
            author: row.text(5), createdAt: row.integer(6),
            restoredFrom: row.isNull(7) ? nil : Int(row.integer(7)))
    }
}
