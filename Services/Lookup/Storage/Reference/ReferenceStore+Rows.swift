import Storage

extension ReferenceStore {
    /// The rows of a key, in order of their variants.
    func rows<Row: ReferenceRow>(_ type: Row.Type, of key: String, in file: ReferenceID) throws -> [Row] {
        try connection.all(
            "SELECT key, variant, fields FROM reference_rows WHERE file = ? AND key = ? ORDER BY variant",
            {
                $0.bind(1, file.number)
                $0.bind(2, key)
            }
        ) { try Self.row($0) }
    }

    /// The rows of a variant, whatever their keys.
    func rows<Row: ReferenceRow>(_ type: Row.Type, ofVariant variant: String, in file: ReferenceID) throws -> [Row] {
        try connection.all(
            "SELECT key, variant, fields FROM reference_rows WHERE file = ? AND variant = ? ORDER BY key",
            {
                $0.bind(1, file.number)
                $0.bind(2, variant)
            }
        ) { try Self.row($0) }
    }

    /// Every row of a file, for files of some thousand rows.
    func rows<Row: ReferenceRow>(_ type: Row.Type, in file: ReferenceID) throws -> [Row] {
        try connection.all(
            "SELECT key, variant, fields FROM reference_rows WHERE file = ? ORDER BY key, variant",
            { $0.bind(1, file.number) }
        ) { try Self.row($0) }
    }

    private static func row<Row: ReferenceRow>(_ row: SnapshotStatement) throws -> Row {
        let fields = row.text(2).split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard let value = Row(key: row.text(0), variant: row.text(1), fields: fields) else {
            throw SnapshotError.damaged(path: "reference_rows", reason: "\(row.text(0)) is no \(Row.self)")
        }
        return value
    }
}

extension ReferenceWriter {
    /// Adds a row.
    /// - Throws: `SnapshotBuildError.duplicate` when the file has its key and variant already.
    mutating func add(_ row: some ReferenceRow) throws {
        let insert = try connection.statement(
            "INSERT OR IGNORE INTO reference_rows (file, key, variant, fields) VALUES (?, ?, ?, ?)")
        insert.bind(1, file.number)
        insert.bind(2, row.key)
        insert.bind(3, row.variant)
        insert.bind(4, row.fields.map { $0.replacing("\t", with: " ") }.joined(separator: "\t"))
        try insert.run()
        try count("\(row.key) \(row.variant)")
    }
}
