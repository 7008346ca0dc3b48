/// A row of a reference file that is found by a key: a fee, a locality, a drug. Its fields are kept as the file's own text
/// in a fixed order.
protocol ReferenceRow: Sendable, Equatable {
    /// What it is found by, e.g. a code.
    var key: String { get }
    /// What tells rows of one key apart, e.g. modifiers; empty where there is only one.
    var variant: String { get }
    var fields: [String] { get }

    /// Nil when the fields are not those of such a row.
    init?(key: String, variant: String, fields: [String])
}
