/// An edition as a snapshot holds it.
package struct LoadedEdition: Sendable, Equatable {
    /// Its number in the snapshot.
    package var id: EditionID
    /// What its importer said of it.
    package var record: EditionRecord
    /// Codes and headings that it lists; 0 for a companion file, which only adds facts or texts to the codes of others.
    package var codes: Int
    /// Of these, the codes that may stand on a claim.
    package var billableCodes: Int
    /// What came of reading the file.
    package var report: ImportReport
    /// Seconds since 1970.
    package var importedAt: Int64

    /// E.g. "ICD-10-CM FY2026 April 1 update (from 2026-04-01)", for messages.
    package var label: String {
        "\(record.system.name) \(record.edition) (from \(record.effective)\(record.end.map { " to \($0)" } ?? ""))"
    }
}
