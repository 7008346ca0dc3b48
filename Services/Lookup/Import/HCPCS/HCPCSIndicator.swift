/// One indicator of the HCPCS record: where it stands in both official layouts and how its values are read.
struct HCPCSIndicator: Sendable, Decodable {
    enum Kind: String, Sendable, Decodable {
        /// A value with a meaning in a table.
        case code
        /// The number of a note whose text stands in a file of its own.
        case processingNote
        case text, date, number
    }

    let name: String
    /// First column in the fixed-width record, from 1.
    let start: Int
    let width: Int
    /// How many times it occurs, side by side.
    let count: Int
    /// Its columns in the 46-column export, in order.
    let headers: [String]
    let kind: Kind
    /// Name of the table of meanings.
    let meanings: String?
    /// Width of a value that is a number with leading zeros, which exports lose.
    let digits: Int?
    /// What a value without a table of meanings says.
    let explains: String?

    /// The value as the official file has it: an export's `33.0` is `33`, its `0.0` is `00`, `20020701.0` is `20020701`.
    /// Values that are not whole numbers (`60-4`, `4107.9`, `Z2`) stay as they are.
    func normalised(_ exported: String) -> String {
        let value = LegacyText.fold(exported)
        guard let digits, !value.isEmpty else { return value }
        let whole = value.hasSuffix(".0") ? String(value.dropLast(2)) : value
        guard whole.utf8.count <= digits, whole.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return value }
        return String(repeating: "0", count: digits - whole.utf8.count) + whole
    }
}
