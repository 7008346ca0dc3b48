/// Lookup's snapshots in a data folder: builds, publishes, lists and verifies them. Needs no running service.
package struct SnapshotStore: Sendable {
    /// - Parameter dataFolder: the folder of all programs' data; snapshots are kept in `lookup/` below it.
    package init(dataFolder: String) {}

    /// Builds a new snapshot beside the published one and publishes it when it has been verified. When `body` throws,
    /// the new file is removed and the published one stays. Two imports exclude each other; what a killed import left
    /// is removed first. `body` need not call `finish`.
    ///
    /// - Returns: the editions of the published snapshot.
    package func importSnapshot(_ body: (inout SnapshotBuilder) throws -> Void) throws -> [LoadedEdition] {
        fatalError("unfinished")
    }

    /// The editions of the published snapshot, in the order of their import; empty when none is published.
    package func editions() throws -> [LoadedEdition] { [] }

    /// Reads the published snapshot whole: checksum, integrity, counts per edition.
    package func verify() throws -> [LoadedEdition] { [] }
}
