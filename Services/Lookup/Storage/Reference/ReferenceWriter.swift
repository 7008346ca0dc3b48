import Storage

/// Writes the records of one reference file into a snapshot under construction. Nothing is kept in memory but the pairs of
/// one column-one code and the windows, however long the file is.
package struct ReferenceWriter {
    /// Numbers a window of pairs within its file.
    package struct WindowNumber: Sendable, Hashable {
        let number: UInt16
    }

    let connection: SnapshotConnection
    let file: ReferenceID
    /// How many records were written.
    var entries = 0
    private var windows: [PairEdit.Window: WindowNumber] = [:]
    private var first: ProcedureCode?
    private var seconds: [UInt64] = []
    /// The column-one codes that have a row. A file lists a code's pairs together; where it does not, rows grow.
    private var written: Set<Int32> = []

    init(_ connection: SnapshotConnection, _ file: ReferenceID) {
        self.connection = connection
        self.file = file
    }

    /// Enters a window once and gives its number.
    /// - Throws: `SnapshotBuildError.tooMany` when a file has more windows than any release had.
    package mutating func number(_ window: PairEdit.Window) throws -> WindowNumber {
        if let known = windows[window] { return known }
        guard let next = UInt16(exactly: windows.count) else { throw SnapshotBuildError.tooMany("windows of pairs") }
        let number = WindowNumber(number: next)
        windows[window] = number
        let insert = try connection.statement(
            """
            INSERT INTO pair_windows (file, number, effective, deleted, indicator, rationale) VALUES (?, ?, ?, ?, ?, ?)
            """)
        insert.bind(1, file.number)
        insert.bind(2, Int(next))
        insert.bind(3, Int(window.effective.number))
        insert.bind(4, window.deleted.map { Int($0.number) })
        insert.bind(5, window.indicator.rawValue)
        insert.bind(6, window.rationale)
        try insert.run()
        return number
    }

    /// Adds a pair for the days of a window.
    package mutating func add(_ first: ProcedureCode, _ second: ProcedureCode, _ window: WindowNumber) throws {
        if self.first != first {
            try flush()
            self.first = first
        }
        seconds.append(UInt64(second.number) << 16 | UInt64(window.number))
    }

    /// Writes what is still in memory, and the pairs once more by their column-two codes.
    mutating func finish() throws {
        try flush()
        if !written.isEmpty { try PairTurner(connection, file).turn() }
    }

    private mutating func flush() throws {
        guard let first, !seconds.isEmpty else { return }
        entries += seconds.count
        if !written.insert(first.number).inserted { seconds += try known(first) }
        seconds.sort()
        let bytes = PairRecords.bytes(of: seconds)
        let insert = try connection.statement("INSERT OR REPLACE INTO pairs (file, code, seconds) VALUES (?, ?, ?)")
        insert.bind(1, file.number)
        insert.bind(2, Int(first.number))
        insert.bind(3, blob: bytes)
        try insert.run()
        seconds.removeAll(keepingCapacity: true)
    }

    /// The pairs of a code that were written before.
    private func known(_ first: ProcedureCode) throws -> [UInt64] {
        try connection.first(
            "SELECT seconds FROM pairs WHERE file = ? AND code = ?",
            {
                $0.bind(1, file.number)
                $0.bind(2, Int(first.number))
            }
        ) { row in
            row.withBytes(0) { bytes in
                PairRecords(bytes).map { UInt64($0.second) << 16 | UInt64($0.window) }
            }
        } ?? []
    }
}
