/// Tables that several editions of one import are made of, each read once. Used by one import at a time.
package final class SharedTables {
    private var outpatientTables: [String: OutpatientTable] = [:]
    private var diagnosisTables: [String: OutpatientDiagnoses] = [:]
    private var headingTables: [String: DiagnosisHeadings] = [:]

    /// Nothing is read yet.
    package init() {}

    /// The tables of the Outpatient Code Editor in a file.
    /// - Throws: ``FileRefusal``.
    func outpatient(_ file: SourceFile) throws -> OutpatientTable {
        try Self.table(file.name, in: &outpatientTables) { try OutpatientTable(file) }
    }

    /// The diagnoses of the Outpatient Code Editor in a file.
    /// - Throws: ``FileRefusal``.
    func diagnoses(_ file: SourceFile) throws -> OutpatientDiagnoses {
        try Self.table(file.name, in: &diagnosisTables) { try OutpatientDiagnoses(file) }
    }

    /// The headings of a Tabular List.
    /// - Throws: ``FileRefusal``.
    func headings(_ file: SourceFile, version: String) throws -> DiagnosisHeadings {
        try Self.table(file.name, in: &headingTables) { try DiagnosisHeadings(file, version: version) }
    }

    private static func table<Table>(
        _ name: String, in tables: inout [String: Table], _ read: () throws -> Table
    ) rethrows -> Table {
        if let known = tables[name] { return known }
        let table = try read()
        tables[name] = table
        return table
    }
}
