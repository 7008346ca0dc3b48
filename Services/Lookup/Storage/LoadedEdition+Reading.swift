import Storage

extension LoadedEdition {
    /// All editions of a snapshot, in the order of import.
    static func all(in connection: SnapshotConnection) throws -> [LoadedEdition] {
        let refusals = try connection.all("SELECT edition, line, reason FROM refusals ORDER BY rowid") { row in
            (edition: row.int(0), refusal: ImportReport.Refusal(line: row.int(1), reason: row.text(2)))
        }
        return try connection.all(
            """
            SELECT id, system, source_name, file, edition, effective, ends, sha256, rights, imported_at, codes,
                billable_codes, rows_read, rows_kept, rows_refused, coverage, licensed FROM editions ORDER BY id
            """
        ) { row in
            guard let system = CodeSystem(number: row.int(1)), let effective = Day(number: row.int(5)),
                let coverage = EditionCoverage(text: row.text(15))
            else {
                throw SnapshotError.damaged(
                    path: "editions", reason: "edition \(row.int(0)) has an unknown system, day or coverage")
            }
            var report = ImportReport()
            report.rowsRead = row.int(12)
            report.rowsKept = row.int(13)
            report.rowsRefused = row.int(14)
            report.refusals = refusals.filter { $0.edition == row.int(0) }.map(\.refusal)
            return LoadedEdition(
                id: EditionID(row.int(0)),
                record: EditionRecord(
                    system: system, sourceName: row.text(2), file: row.text(3), edition: row.text(4),
                    effective: effective, end: row.optionalInt(6).flatMap(Day.init(number:)), sha256: row.text(7),
                    rights: row.text(8), coverage: coverage, isLicensed: row.int(16) == 1),
                codes: row.int(10), billableCodes: row.int(11), report: report, importedAt: Int64(row.int(9)))
        }
    }
}
