/// One layout of a CSV file of rows that are found by a key.
struct RowLayout: Sendable {
    /// What became of a row.
    enum Outcome {
        case row(any ReferenceRow)
        /// The layout allows it, the product does not keep it.
        case refused(String)
        /// It is not of the layout.
        case malformed(String)
        /// It is no row: a footnote, a heading between rows.
        case skipped
    }

    /// For messages: "GPCI".
    let name: String
    let isHeader: @Sendable ([String]) -> Bool
    /// Finds the columns; nil when one is missing. What it returns reads a row.
    let reader: @Sendable (CSVTable) -> ((CSVTable.Row) -> Outcome)?
}
