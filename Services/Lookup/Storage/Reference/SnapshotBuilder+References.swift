import Storage

extension SnapshotBuilder {
    /// Writes one reference file: everything that `body` adds. Not while an edition is open.
    ///
    /// - Returns: what `body` returned.
    /// - Throws: what `body` throws; the snapshot is then to be abandoned, or the row refused when it says so.
    @discardableResult
    package mutating func addReference(
        _ record: ReferenceRecord, _ body: (inout ReferenceWriter) throws -> ImportReport
    ) throws -> ImportReport {
        let known = try connection.first("SELECT coalesce(max(id), 0) FROM reference_files") { $0.int(0) } ?? 0
        let id = ReferenceID(known + 1)
        try insert(record, as: id)
        var writer = ReferenceWriter(connection, id)
        let report = try body(&writer)
        try writer.finish()
        let update = try connection.statement(
            """
            UPDATE reference_files SET entries = ?2, rows_read = ?3, rows_kept = ?4, rows_refused = ?5 WHERE id = ?1
            """)
        let values = [id.number, writer.entries, report.rowsRead, report.rowsKept, report.rowsRefused]
        for (index, value) in values.enumerated() { update.bind(Int32(index + 1), value) }
        try update.run()
        for refusal in report.refusals {
            let insert = try connection.statement(
                "INSERT INTO reference_refusals (file, line, reason) VALUES (?, ?, ?)")
            insert.bind(1, id.number)
            insert.bind(2, refusal.line)
            insert.bind(3, refusal.reason)
            try insert.run()
        }
        return report
    }

    private func insert(_ record: ReferenceRecord, as id: ReferenceID) throws {
        let insert = try connection.statement(
            """
            INSERT INTO reference_files (id, kind, source_name, file, edition, effective, ends, sha256, rights,
                imported_at, entries, rows_read, rows_kept, rows_refused)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0)
            """)
        insert.bind(1, id.number)
        insert.bind(2, record.kind.rawValue)
        insert.bind(3, record.sourceName)
        insert.bind(4, record.file)
        insert.bind(5, record.edition)
        insert.bind(6, Int(record.effective.number))
        insert.bind(7, record.end.map { Int($0.number) })
        insert.bind(8, record.sha256)
        insert.bind(9, record.rights)
        insert.bind(10, Int(importedAt))
        try insert.run()
    }
}
