/// Writes one snapshot file: every edition in turn, then the indexes.
///
/// Use: `begin`, the records of the edition in the order of the code set, `end`; again for the next edition; `finish` once.
/// A code occurs once in an edition and comes after its parent; notes, facts and texts come after `begin` and may also
/// stand at codes that only other editions of the same system hold (a companion file that has no code rows of its own).
package struct SnapshotBuilder: RecordSink {
    /// Creates the file; it must not exist yet.
    package init(at path: String) throws {
        fatalError("unfinished")
    }

    /// Starts an edition; the one before must have been ended.
    package mutating func begin(_ edition: EditionRecord) throws {}

    package mutating func add(_ code: CodeRecord) throws {}

    package mutating func add(_ note: NoteRecord) throws {}

    package mutating func add(_ fact: FactRecord) throws {}

    package mutating func add(_ text: TextRecord) throws {}

    /// Ends the edition with what came of reading its file.
    package mutating func end(_ report: ImportReport) throws {}

    /// Builds the indexes, counts what was written and closes the file, all of it on disk.
    package mutating func finish() throws {}
}
