/// A reference file as a snapshot holds it.
package struct LoadedReference: Sendable, Equatable {
    /// Its number in the snapshot, from 1 in the order of import.
    package var id: ReferenceID
    package var record: ReferenceRecord
    /// What came of reading the file.
    package var report: ImportReport
    /// Seconds since 1970.
    package var importedAt: Int64
}
