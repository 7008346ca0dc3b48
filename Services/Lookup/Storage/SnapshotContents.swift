import Storage

/// What is computed once per opened snapshot.
struct SnapshotContents: Sendable {
    /// Changes with every published snapshot.
    let identity: String
    /// In the order of import.
    let editions: [LoadedEdition]
    let calendar: EditionCalendar
    let index: SearchIndex
    let references: ReferenceShelf
    /// The editions that hold notes; those that are made of a list of codes hold none.
    let editionsWithNotes: Set<EditionID>

    /// - Throws: `.damaged` for a file of another format; for content that cannot be read.
    init(_ connection: SnapshotConnection, _ pointer: SnapshotPointer) throws {
        let format = try connection.first("PRAGMA user_version") { $0.int(0) }
        guard format == SnapshotSchema.format else {
            throw SnapshotError.damaged(
                path: pointer.fileName,
                reason: "its format is \(format ?? 0), this program reads \(SnapshotSchema.format)")
        }
        identity = pointer.identity
        editions = try LoadedEdition.all(in: connection)
        calendar = EditionCalendar(editions)
        index = try SearchIndex(connection)
        editionsWithNotes = Set(
            try connection.all("SELECT id FROM editions WHERE notes > 0") { EditionID($0.int(0)) })
        references = ReferenceShelf(try LoadedReference.all(in: connection))
    }

    /// - Complexity: one array access.
    func edition(_ id: EditionID) -> LoadedEdition { editions[id.number - 1] }
}
