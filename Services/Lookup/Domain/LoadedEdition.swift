/// An edition as a snapshot holds it.
package struct LoadedEdition: Sendable, Equatable {
    /// Its number in the snapshot, from 1.
    package var id: Int
    package var record: EditionRecord
    package var codes: Int
    package var billableCodes: Int
    package var report: ImportReport
    /// Seconds since 1970.
    package var importedAt: Int64
}
