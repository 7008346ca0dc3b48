/// Counts the rows of a streamed file; as `RowTally`.
struct StreamTally {
    private var tally = RowTally()
    private let file: SourceStream

    init(_ file: SourceStream) { self.file = file }

    mutating func keep() {
        tally.read()
        tally.keep()
    }

    /// Refuses a row that the layout allows.
    mutating func refuse(line: Int, _ reason: String) {
        tally.read()
        tally.refuse(line: line, reason)
    }

    /// Refuses a row that is not of the layout.
    mutating func refuseMalformed(line: Int, _ reason: String) {
        tally.read()
        tally.refuseMalformed(line: line, reason)
    }

    /// Ends the file.
    ///
    /// - Throws: ``FileRefusal`` when no row was kept or too many were malformed.
    func finish(what: String) throws -> ImportReport {
        try tally.finish(SourceFile(name: file.name, bytes: []), what: what)
    }
}
