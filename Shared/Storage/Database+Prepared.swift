package import GRDB
import GRDBSQLite

// Hot paths: cached statements, bound and stepped in place. GRDB keeps and owns the statements; what is saved is its
// boxing of every argument and column.

extension Database {
    /// Runs a cached statement that gives no rows.
    package func run(_ sql: String, _ values: [Bound] = []) throws {
        _ = try first(sql, values) { _ in () }
    }

    /// Runs a cached statement and reads its first row; nil when it gives none.
    package func first<Value>(
        _ sql: String, _ values: [Bound] = [], _ read: (borrowing PreparedRow) throws -> Value
    ) throws -> Value? {
        let cached = try cachedStatement(sql: sql)
        let statement = cached.sqliteStatement
        defer { sqlite3_reset(statement) }
        try bind(values, to: statement)
        guard try step(statement) else { return nil }
        let value = try read(PreparedRow(statement: statement))
        // A writing statement with RETURNING is done only when it was stepped to its end.
        if sqlite3_stmt_readonly(statement) == 0 { while try step(statement) {} }
        return value
    }

    /// Runs a cached statement and reads every row, at most `limit` of them.
    package func all<Value>(
        _ sql: String, _ values: [Bound] = [], limit: Int = 10_000,
        _ read: (borrowing PreparedRow) throws -> Value
    ) throws -> [Value] {
        let cached = try cachedStatement(sql: sql)
        let statement = cached.sqliteStatement
        defer { sqlite3_reset(statement) }
        try bind(values, to: statement)
        var rows: [Value] = []
        while rows.count < limit, try step(statement) { rows.append(try read(PreparedRow(statement: statement))) }
        return rows
    }

    private func step(_ statement: OpaquePointer) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    private func bind(_ values: [Bound], to statement: OpaquePointer) throws {
        // SQLite copies the bytes before the call returns (SQLITE_TRANSIENT is the address -1).
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (index, value) in values.enumerated() {
            let position = Int32(index + 1)
            let code: Int32
            switch value {
            case .null: code = sqlite3_bind_null(statement, position)
            case .integer(let integer): code = sqlite3_bind_int64(statement, position, integer)
            case .real(let number): code = sqlite3_bind_double(statement, position, number)
            case .text(var text):
                code = text.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) { characters in
                        guard let start = characters.baseAddress else {
                            return sqlite3_bind_text(statement, position, "", 0, copied)
                        }
                        return sqlite3_bind_text(statement, position, start, Int32(characters.count), copied)
                    }
                }
            case .blob(let blob):
                code = blob.withUnsafeBytes { bytes in
                    bytes.isEmpty
                        ? sqlite3_bind_zeroblob(statement, position, 0)
                        : sqlite3_bind_blob(statement, position, bytes.baseAddress, Int32(bytes.count), copied)
                }
            }
            guard code == SQLITE_OK else { throw failure(code) }
        }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        let said = sqliteConnection.map { String(cString: sqlite3_errmsg($0)) }
        let extended = sqliteConnection.map { sqlite3_extended_errcode($0) } ?? code
        return DatabaseError(resultCode: ResultCode(rawValue: extended), message: said)
    }
}
