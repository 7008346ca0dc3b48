import Storage

extension LoadedReference {
    /// All reference files of a snapshot, in the order of import.
    static func all(in connection: SnapshotConnection) throws -> [LoadedReference] {
        let refusals = try connection.all("SELECT file, line, reason FROM reference_refusals ORDER BY rowid") { row in
            (file: row.int(0), refusal: ImportReport.Refusal(line: row.int(1), reason: row.text(2)))
        }
        return try connection.all(
            """
            SELECT id, kind, source_name, file, edition, effective, ends, sha256, rights, imported_at, rows_read,
                rows_kept, rows_refused FROM reference_files ORDER BY id
            """
        ) { row in
            guard let kind = ReferenceKind(rawValue: row.text(1)), let effective = Day(number: row.int(5)) else {
                throw SnapshotError.damaged(
                    path: "reference_files", reason: "file \(row.int(0)) has an unknown kind or day")
            }
            var report = ImportReport()
            report.rowsRead = row.int(10)
            report.rowsKept = row.int(11)
            report.rowsRefused = row.int(12)
            report.refusals = refusals.filter { $0.file == row.int(0) }.map(\.refusal)
            return LoadedReference(
                id: ReferenceID(row.int(0)),
                record: ReferenceRecord(
                    kind: kind, sourceName: row.text(2), file: row.text(3), edition: row.text(4), effective: effective,
                    end: row.optionalInt(6).flatMap(Day.init(number:)), sha256: row.text(7), rights: row.text(8)),
                report: report, importedAt: Int64(row.int(9)))
        }
    }

    /// Compares what each file was written with with what the snapshot holds.
    /// - Throws: `SnapshotBuildError.miscounted`.
    static func verifyCounts(_ connection: SnapshotConnection) throws {
        let promised = try connection.first("SELECT coalesce(sum(entries), 0) FROM reference_files") { $0.int(0) } ?? 0
        let pairs =
            try connection.first("SELECT coalesce(sum(length(seconds)), 0) FROM pairs") { $0.int(0) } ?? 0
        var held = pairs / ReferenceSchema.pairBytes
        for table in ReferenceSchema.counted { held += try connection.rows(of: table) }
        guard held == promised else {
            throw SnapshotBuildError.miscounted("\(promised) entries of reference files written, \(held) kept")
        }
    }
}
