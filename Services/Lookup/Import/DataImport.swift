/// The import of everything that is pulled: builds a new snapshot beside the published one, verifies it and publishes it.
package struct DataImport: Sendable {
    /// What came of one edition.
    package struct Outcome: Sendable, Equatable {
        package let edition: EditionSource
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

    /// Imports all of ``editions``. One refused file refuses the import: the published snapshot goes on serving.
    ///
    /// - Parameters:
    ///   - willImport: told of each edition before it is read.
    ///   - didImport: told of each edition when it has been read.
    /// - Returns: the editions of the published snapshot.
    /// - Throws: ``FileRefusal``; what the snapshot store throws.
    package func run(
        willImport: (EditionSource) -> Void, didImport: (Outcome) -> Void
    ) throws -> [LoadedEdition] {
        let editions = editions
        guard !editions.isEmpty else {
            throw FileRefusal(
                file: folder.sources, reason: "holds no file that an edition is made of",
                remedy: "Run `codingahead data pull` first")
        }
        let clock = ContinuousClock()
        let shared = SharedTables()
        return try SnapshotStore(dataFolder: folder.path).importSnapshot { builder in
            for edition in editions {
                willImport(edition)
                let start = clock.now
                let one = EditionImport(edition, list: list, folder: folder, shared: shared)
                try builder.begin(one.record())
                let report = try one.run(into: &builder)
                try builder.end(report)
                didImport(Outcome(edition: edition, report: report, duration: start.duration(to: clock.now)))
            }
        }
    }
}
