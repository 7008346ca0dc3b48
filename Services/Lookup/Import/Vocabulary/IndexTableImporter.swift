/// Reads the tables and the External Cause Index of ICD-10-CM in the XML layout of CDC/NCHS (`icd10cm-{neoplasm,drug,eindex}-….xml`):
/// main terms with their nested terms, each with a code or with cells by column.
package struct IndexTableImporter: FileImporter {
    /// Which of the files it is.
    package enum Table: Sendable {
        case neoplasms, drugs, externalCauses

        var kind: TermRecord.Kind {
            switch self {
            case .neoplasms: .neoplasm
            case .drugs: .drug
            case .externalCauses: .externalCause
            }
        }

        /// What the columns 2 to 7 add to a term, in words that charts use.
        func column(_ number: Int) -> String? {
            let names: [String]
            switch self {
            case .neoplasms:
                names = [
                    "malignant primary", "malignant secondary metastasis", "carcinoma in situ", "benign",
                    "uncertain behavior", "unspecified behavior",
                ]
            case .drugs:
                names = [
                    "poisoning accidental", "poisoning intentional self-harm", "poisoning assault",
                    "poisoning undetermined", "adverse effect", "underdosing",
                ]
            case .externalCauses: names = []
            }
            return (2..<names.count + 2).contains(number) ? names[number - 2] : nil
        }
    }

    private let file: SourceFile
    private let table: Table
    private let version: String

    /// - Parameter version: what the file's `<version>` must say, e.g. `2026`.
    package init(_ file: SourceFile, table: Table, version: String) {
        self.file = file
        self.table = table
        self.version = version
    }

    /// The rows of the Table of Neoplasms, one a column, as references name them ("Neoplasm, skin, benign").
    /// - Throws: ``FileRefusal``.
    static func neoplasms(_ file: SourceFile, version: String) throws -> [(path: [String], code: String)] {
        let names = ["malignant", "secondary", "in situ", "benign", "uncertain behavior", "unspecified behavior"]
        return try IndexTableParser(file, version: version).parse().flatMap { row in
            row.cells.compactMap { number, cell -> (path: [String], code: String)? in
                guard names.indices.contains(number - 2), cell.contains(where: { $0 != "-" && $0 != " " }) else {
                    return nil
                }
                return (row.path + [names[number - 2]], cell.trimmed)
            }
        }
    }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        try file.refuseIfEmpty()
        var terms = TermSink(.icd10cm)
        for row in try IndexTableParser(file, version: version).parse() {
            let written = row.code.trimmed
            if !written.isEmpty {
                try terms.add(
                    table.kind, row.text, optional: row.modifiers, at: written, line: row.line, into: &sink)
            }
            for (number, cell) in row.cells {
                // "--" and "-": the column does not apply.
                guard let column = table.column(number), cell.contains(where: { $0 != "-" && $0 != " " }) else {
                    continue
                }
                try terms.add(
                    table.kind, row.text + ", " + column, optional: row.modifiers, at: cell.trimmed, line: row.line,
                    into: &sink)
            }
        }
        return try terms.tally.finish(file, what: "row of an index table")
    }
}

extension String {
    /// Without white space at its ends.
    fileprivate var trimmed: String {
        let rest = drop(while: \.isWhitespace)
        return String(rest.reversed().drop(while: \.isWhitespace).reversed())
    }
}
