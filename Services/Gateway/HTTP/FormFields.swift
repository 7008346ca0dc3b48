/// The fields of a query or of a posted form (`application/x-www-form-urlencoded`), read so that no input can surprise:
/// bounded in number, first of a name wins, bytes that are no UTF-8 or hold a control character make the field absent.
struct FormFields: Sendable, Equatable {
    /// More than any form of ours has; the rest is ignored.
    static let maximumCount = 64

    private var values: [String: String] = [:]

    init(_ encoded: String) {
        for pair in encoded.utf8.split(separator: UInt8(ascii: "&"), maxSplits: Self.maximumCount).prefix(
            Self.maximumCount)
        {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(parts[0], plusIsSpace: true),
                let value = parts.count > 1 ? PercentCoding.decode(parts[1], plusIsSpace: true) : "",
                values[name] == nil
            else { continue }
            values[name] = value
        }
    }

    /// A field without white space at its ends; empty when it is absent.
    subscript(_ name: String) -> String {
        guard let value = values[name] else { return "" }
        let trimmed = value.drop(while: \.isWhitespace)
        guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(trimmed[...last])
    }

    /// A field as it was typed (a password may begin with a space); empty when it is absent.
    func verbatim(_ name: String) -> String {
        values[name] ?? ""
    }
}
