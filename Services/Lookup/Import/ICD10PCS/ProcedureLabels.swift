/// What the values of characters 4 to 7 mean in each table, and how operations are defined, as
/// `Resources/read_source.py pcs` writes it.
package struct ProcedureLabels: Sendable {
    /// A root operation's official definition.
    struct Operation: Sendable, Equatable {
        let definition: String
        let explanation: String
        let examples: String
    }

    /// Table, place and value (`00146`) → label.
    private var labels: [String: String] = [:]
    /// Section and operation (`01`) → definition.
    private var operations: [String: Operation] = [:]
    /// Section → character of an approach and its definition.
    private var approaches: [String: [(character: String, definition: String)]] = [:]

    /// Reads the file.
    ///
    /// - Throws: ``FileRefusal`` when it is damaged or a row is not of the layout.
    package init(_ file: SourceFile) throws {
        for row in try TabSeparatedRows(file, format: "#pcs").rows {
            switch (row.fields.first, row.fields.count) {
            case ("axis", 5): labels[row.fields[1...3].joined()] = row.fields[4]
            case ("operation", 6):
                operations[row.fields[1]] = Operation(
                    definition: row.fields[3], explanation: row.fields[4], examples: row.fields[5])
            case ("approach", 4):
                approaches[row.fields[1], default: []].append((row.fields[2], row.fields[3]))
            default:
                throw file.refusal(
                    "holds a row that is none of axis, operation and approach", line: row.line,
                    remedy: "Run `codingahead data pull` again")
            }
        }
    }

    /// The label of a value, or nil.
    func label(table: String, place: Int, value: Character) -> String? { labels["\(table)\(place)\(value)"] }

    /// The definition of a table's operation, or nil.
    func operation(table: String) -> Operation? {
        guard let section = table.first, let operation = table.last else { return nil }
        return operations["\(section)\(operation)"]
    }

    /// The approaches that a section defines.
    func approaches(section: String) -> [(character: String, definition: String)] { approaches[section] ?? [] }
}
