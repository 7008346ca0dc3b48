/// The import of everything that is pulled: builds a new snapshot beside the published one, verifies it and publishes it.
package struct DataImport: Sendable {
    /// What came of one edition or reference file.
    package struct Outcome: Sendable, Equatable {
        /// Its name and edition.
        package let title: String
        package let report: ImportReport
        package let duration: Duration
    }

    private let list: SourceList
    private let folder: DataFolder

    /// - Parameter dataFolder: the folder of all programs' data.
    package init(dataFolder: String, list: SourceList) {
        self.list = list
        folder = DataFolder(dataFolder)
    }

    /// The editions that the pulled files give, in the order of import.
    package var editions: [EditionSource] { list.editions(of: folder.present(list)) }

    /// The reference files that are pulled, in the order of import.
    package var references: [ReferenceSource] { list.reference.references(of: folder.present(list)) }

    /// Imports all of ``editions``, then all of ``references``. One refused file refuses the import: the published snapshot goes on serving.
    ///
    /// - Parameters:
    ///   - willImport: told of the title of each edition and reference file before it is read.
    ///   - didImport: told of each when it has been read.
    /// - Returns: the editions of the published snapshot.
    /// - Throws: ``FileRefusal``; what the snapshot store throws.
    package func run(
        willImport: (String) -> Void, didImport: (Outcome) -> Void
    ) throws -> [LoadedEdition] {
        let editions = editions
        guard !editions.isEmpty else {
            throw FileRefusal(
                file: folder.sources, reason: "holds no file that an edition is made of",
                remedy: "Run `codingahead data pull` first")
        }
        let lock = try SourcesLock(folder)
        defer { lock.release() }
        let clock = ContinuousClock()
        let shared = SharedTables()
        return try SnapshotStore(dataFolder: folder.path).importSnapshot { builder in
            for edition in editions {
                let title = "\(edition.name), \(edition.edition)"
                willImport(title)
                let start = clock.now
                let one = EditionImport(edition, list: list, folder: folder, shared: shared)
                try builder.begin(one.record())
                let report = try one.run(into: &builder)
                try builder.end(report)
                didImport(Outcome(title: title, report: report, duration: start.duration(to: clock.now)))
            }
            for reference in references {
                let title = "\(reference.name), \(reference.edition)"
                willImport(title)
                let start = clock.now
                let report = try ReferenceImport(reference, list: list, folder: folder).run(into: &builder)
                didImport(Outcome(title: title, report: report, duration: start.duration(to: clock.now)))
            }
        }
    }
}
