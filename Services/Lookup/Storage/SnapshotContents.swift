import Storage

/// What is computed once per opened snapshot.
struct SnapshotContents: Sendable {
    /// Changes with every published snapshot.
    let identity: String
    /// In the order of import.
    let editions: [LoadedEdition]
    private let whole: EditionCalendar
    private let unlicensed: EditionCalendar
    /// Whether licensed editions may be used now.
    private let licence: LicenceGate

    /// The editions that answer: without a licence in force, those that need one do not.
    var calendar: EditionCalendar {
        guard let terms = licence.terms else { return unlicensed }
        return terms == LicenceGate.Terms() ? whole : EditionCalendar(editions.filter { licence.permits($0.record) })
    }

    /// Whether anything of an edition may be used now.
    func isVisible(_ id: EditionID) -> Bool { licence.permits(edition(id).record) }

    let index: SearchIndex
    let references: ReferenceShelf
    /// The editions that hold notes; those that are made of a list of codes hold none.
    let editionsWithNotes: Set<EditionID>

    /// - Throws: `.damaged` for a file of another format or without its index; for content that cannot be read.
    init(
        _ connection: SnapshotConnection, _ pointer: SnapshotPointer, index file: MappedFile?, licence: LicenceGate
    ) throws {
        let format = try connection.first("PRAGMA user_version") { $0.int(0) }
        guard format == SnapshotSchema.format else {
            throw SnapshotError.damaged(
                path: pointer.fileName,
                reason: "its format is \(format ?? 0), this program reads \(SnapshotSchema.format)")
        }
        identity = pointer.identity
        editions = try LoadedEdition.all(in: connection)
        editionsWithNotes = Set(
            try connection.all("SELECT id FROM editions WHERE notes > 0") { EditionID($0.int(0)) })
        references = ReferenceShelf(try LoadedReference.all(in: connection))
        self.licence = licence
        whole = EditionCalendar(editions)
        unlicensed = EditionCalendar(editions.filter { !$0.record.isLicensed })
        guard let file else {
            throw SnapshotError.damaged(path: pointer.fileName, reason: "its search index is missing")
        }
        index = SearchIndex(try SearchFile(file, path: pointer.indexFileName))
    }

    /// - Complexity: one array access.
    func edition(_ id: EditionID) -> LoadedEdition { editions[id.number - 1] }
}
