/// A code or modifier as either official layout gives it.
struct HCPCSRow {
    /// Line on which its record begins.
    let line: Int
    /// Five characters, or a modifier's two.
    var code: String
    var isModifier: Bool
    var longDescription: String
    var shortDescription: String
    /// The values of each indicator, in the order of the table; empty ones are left out.
    var values: [[String]]
}
