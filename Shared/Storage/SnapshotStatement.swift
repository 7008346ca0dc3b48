import GRDBSQLite

/// A prepared statement: bind, step, read columns in place, reset. Parameters count from 1, columns from 0.
package final class SnapshotStatement {
    let handle: OpaquePointer
    /// Between the first step and the reset; such a statement is not handed out a second time.
    var busy = false

    init(_ sql: UnsafePointer<CChar>, length: Int32, persistent: Bool, in database: OpaquePointer)
        throws(SnapshotError)
    {
        var handle: OpaquePointer?
        let flags = persistent ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        let code = sqlite3_prepare_v3(database, sql, length, flags, &handle, nil)
        guard code == SQLITE_OK, let handle else { throw SnapshotError(code, database) }
        self.handle = handle
    }

    deinit {
        // The result repeats the last step's error, which has been thrown already.
        _ = sqlite3_finalize(handle)
    }

    /// Binds an integer.
    package func bind(_ parameter: Int32, _ value: Int) {
        sqlite3_bind_int64(handle, parameter, Int64(value))
    }

    /// Binds an integer or NULL.
    package func bind(_ parameter: Int32, _ value: Int?) {
        if let value { bind(parameter, value) } else { sqlite3_bind_null(handle, parameter) }
    }

    /// Binds a text; SQLite copies it.
    package func bind(_ parameter: Int32, _ value: String) {
        var value = value
        value.withUTF8 { bytes in
            _ = bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text(handle, parameter, $0.baseAddress ?? emptyText, Int32($0.count), transient)
            }
        }
    }

    /// Binds a blob; SQLite copies it.
    package func bind(_ parameter: Int32, blob value: [UInt8]) {
        _ = value.withUnsafeBytes { sqlite3_bind_blob(handle, parameter, $0.baseAddress, Int32($0.count), transient) }
    }

    /// Moves to the next row.
    /// - Returns: false after the last one.
    package func step() throws(SnapshotError) -> Bool {
        busy = true
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw SnapshotError(code, sqlite3_db_handle(handle))
        }
    }

    /// Ends the reading; bindings stay until they are bound again.
    package func reset() {
        // The result repeats the last step's error, which has been thrown already.
        _ = sqlite3_reset(handle)
        busy = false
    }

    /// Runs a statement without rows and resets it.
    package func run() throws(SnapshotError) {
        defer { reset() }
        _ = try step()
    }

    /// The column as an integer; 0 for NULL.
    package func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

    /// The column as an integer, nil for NULL.
    package func optionalInt(_ column: Int32) -> Int? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : int(column)
    }

    /// The column as a text; empty for NULL.
    package func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The column's bytes in place, valid only inside `body`.
    package func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows
        -> Result
    {
        let start = sqlite3_column_blob(handle, column)
        return try body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }
}

/// Tells SQLite to copy what is bound.
private var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

/// What an empty buffer without an address is bound as: a NULL pointer would bind SQL NULL.
private var emptyText: UnsafePointer<CChar> {
    StaticString("").utf8Start.withMemoryRebound(to: CChar.self, capacity: 1) { $0 }
}

extension SnapshotError {
    init(_ code: Int32, _ database: OpaquePointer?) {
        guard let database else {
            self = .sqlite(code: code, message: "out of memory")
            return
        }
        self = .sqlite(
            code: sqlite3_extended_errcode(database), message: String(cString: sqlite3_errmsg(database)))
    }
}
