import GRDBSQLite

/// One SQLite connection to a snapshot file, with its cached statements. Used by one thread at a time.
package final class SnapshotConnection {
    private let handle: OpaquePointer
    /// By the address of the SQL literal, which is the same at each call from the same place.
    private var statements: [UnsafePointer<UInt8>: SnapshotStatement] = [:]

    /// How much of the file is mapped; larger than any set of snapshots seen (about 150 MB for all sets).
    private static let mappedBytes = 1 << 30

    /// Opens a published file. SQLite neither locks it nor looks for changes: it never changes.
    package convenience init(reading path: String) throws(SnapshotError) {
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
        try self.init(name: "file:" + Self.escaped(path) + "?immutable=1", flags: flags)
        try execute(
            """
            PRAGMA mmap_size = \(Self.mappedBytes); PRAGMA query_only = 1; PRAGMA trusted_schema = 0;
            PRAGMA temp_store = MEMORY; PRAGMA cache_size = -2048
            """)
    }

    /// Creates a file for an import. Nothing is on disk for certain before `finish`: a killed import's file is thrown away.
    package convenience init(creating path: String) throws(SnapshotError) {
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE | SQLITE_OPEN_NOMUTEX
        try self.init(name: path, flags: flags)
        try execute(
            """
            PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536
            """)
    }

    private init(name: String, flags: Int32) throws(SnapshotError) {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(name, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let error = SnapshotError(code, opened)
            _ = sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        sqlite3_extended_result_codes(opened, 1)
    }

    deinit {
        statements.removeAll()
        // Closes at the latest with the last statement; there is nothing unwritten to lose.
        _ = sqlite3_close_v2(handle)
    }

    /// Runs statements that return nothing of interest.
    package func execute(_ sql: String) throws(SnapshotError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw SnapshotError(code, handle) }
    }

    /// How many rows the last INSERT, UPDATE or DELETE changed.
    package var changes: Int { Int(sqlite3_changes64(handle)) }

    /// How many rows a table has.
    /// - Parameter table: a name from the program's own schema; never a caller's text.
    package func rows(of table: String) throws -> Int {
        let text = "SELECT count(*) FROM " + table
        let statement = try text.withCString {
            try SnapshotStatement($0, length: Int32(text.utf8.count), persistent: false, in: handle)
        }
        defer { statement.reset() }
        return try statement.step() ? statement.int(0) : 0
    }

    /// The cached statement of a literal, prepared at its first use. While it is being stepped, a second one is handed out.
    package func statement(_ sql: StaticString) throws(SnapshotError) -> SnapshotStatement {
        if let cached = statements[sql.utf8Start], !cached.busy { return cached }
        let known = statements[sql.utf8Start] != nil
        let text = UnsafeRawPointer(sql.utf8Start).assumingMemoryBound(to: CChar.self)
        let made = try SnapshotStatement(text, length: Int32(sql.utf8CodeUnitCount), persistent: !known, in: handle)
        if !known { statements[sql.utf8Start] = made }
        return made
    }

    /// Runs a query and calls `row` for each of its rows, until `row` returns false.
    package func each(
        _ sql: StaticString, _ bind: (SnapshotStatement) -> Void, until row: (SnapshotStatement) throws -> Bool
    ) throws {
        let statement = try statement(sql)
        defer { statement.reset() }
        bind(statement)
        while try statement.step() {
            guard try row(statement) else { return }
        }
    }

    /// The rows of a query as values.
    package func all<Value>(
        _ sql: StaticString, _ bind: (SnapshotStatement) -> Void = { _ in },
        _ value: (SnapshotStatement) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        try each(sql, bind) { row in
            values.append(try value(row))
            return true
        }
        return values
    }

    /// The first row of a query as a value; nil when there is none.
    package func first<Value>(
        _ sql: StaticString, _ bind: (SnapshotStatement) -> Void = { _ in },
        _ value: (SnapshotStatement) throws -> Value
    ) throws -> Value? {
        var found: Value?
        try each(sql, bind) { row in
            found = try value(row)
            return false
        }
        return found
    }

    /// The SQLite URI syntax gives a meaning to these three.
    private static func escaped(_ path: String) -> String {
        var escaped = ""
        for character in path {
            switch character {
            case "%": escaped += "%25"
            case "?": escaped += "%3f"
            case "#": escaped += "%23"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
