import Logging
package import Storage

/// Lookup's snapshots in a data folder: builds, publishes, lists and verifies them. Needs no running service.
package struct SnapshotStore: Sendable {
    /// The folder of the snapshot files.
    package let directory: SnapshotDirectory

    /// - Parameter dataFolder: the folder of all programs' data; snapshots are kept in `lookup/` below it.
    package init(dataFolder: String) {
        directory = SnapshotDirectory(path: dataFolder + "/lookup")
    }

    /// Builds a new snapshot beside the published one and publishes it when it has been verified. When `body` throws,
    /// the new file is removed and the published one stays. Two imports exclude each other; what a killed import left
    /// is removed first. `body` need not call `finish`.
    ///
    /// - Parameter importedAt: seconds since 1970; the time of day unless given.
    /// - Returns: the editions of the published snapshot.
    /// - Throws: `SnapshotError.importRunning`; what `body` throws; `SnapshotBuildError.miscounted`.
    package func importSnapshot(importedAt: Int64? = nil, _ body: (inout SnapshotBuilder) throws -> Void) throws
        -> [LoadedEdition]
    {
        let started = try directory.beginImport()
        do {
            var builder = try SnapshotBuilder(at: started.path, index: started.indexPath, importedAt: importedAt)
            try body(&builder)
            try builder.finish()
        } catch {
            try started.abandon()
            throw error
        }
        var editions: [LoadedEdition] = []
        do {
            _ = try started.publish { connection in
                try Self.verifyCounts(connection)
                try LoadedReference.verifyCounts(connection)
                editions = try LoadedEdition.all(in: connection)
            }
        } catch {
            try started.abandon()
            throw error
        }
        return editions
    }

    /// The editions of the published snapshot, in the order of their import; empty when none is published.
    package func editions() throws -> [LoadedEdition] {
        guard try directory.current() != nil else { return [] }
        let (_, connection) = try directory.openCurrent()
        return try LoadedEdition.all(in: connection)
    }

    /// The reference files of the published snapshot, in the order of their import; empty when none is published.
    package func references() throws -> [LoadedReference] {
        guard try directory.current() != nil else { return [] }
        let (_, connection) = try directory.openCurrent()
        return try LoadedReference.all(in: connection)
    }

    /// Reads the published snapshot whole: checksum, integrity, counts per edition.
    /// - Throws: `SnapshotError.nothingPublished`, `.damaged`; `SnapshotBuildError.miscounted`.
    package func verify() throws -> [LoadedEdition] {
        let (pointer, connection) = try directory.openCurrent()
        try SnapshotDirectory.checkIntegrity(connection, path: pointer.fileName)
        try Self.verifyCounts(connection)
        try LoadedReference.verifyCounts(connection)
        return try LoadedEdition.all(in: connection)
    }

    /// A reader of whatever is published, now and later.
    ///
    /// - Parameter licence: whether licensed editions may be used.
    func reader(logger: Logger, licence: LicenceGate = LicenceGate()) -> SnapshotReader<SnapshotContents> {
        SnapshotReader(directory: directory, logger: logger) { [directory] connection, pointer in
            try SnapshotContents(connection, pointer, index: directory.mapIndex(of: pointer), licence: licence)
        }
    }

    /// Compares what each edition was written with with what the file holds.
    private static func verifyCounts(_ connection: SnapshotConnection) throws {
        let wrong = try connection.first(
            """
            SELECT e.id FROM editions e
            LEFT JOIN (SELECT edition, count(*) n, sum(billable) b FROM listings GROUP BY edition) l ON l.edition = e.id
            LEFT JOIN (SELECT edition, count(*) n FROM notes GROUP BY edition) t ON t.edition = e.id
            LEFT JOIN (SELECT edition, count(*) n FROM facts GROUP BY edition) f ON f.edition = e.id
            LEFT JOIN (SELECT edition, count(*) n FROM texts GROUP BY edition) x ON x.edition = e.id
            WHERE coalesce(l.n, 0) <> e.codes OR coalesce(l.b, 0) <> e.billable_codes OR coalesce(t.n, 0) <> e.notes
                OR coalesce(f.n, 0) <> e.facts OR coalesce(x.n, 0) <> e.texts
            """
        ) { $0.int(0) }
        if let wrong { throw SnapshotBuildError.miscounted("edition \(wrong)") }
        let listed = try connection.first("SELECT count(DISTINCT code) FROM listings") { $0.int(0) } ?? 0
        let codes = try connection.first("SELECT count(*) FROM codes") { $0.int(0) } ?? 0
        guard listed == codes else { throw SnapshotBuildError.miscounted("\(listed) codes listed, \(codes) kept") }
    }
}
