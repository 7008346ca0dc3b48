/// A pattern for codes: `*` stands for any characters, also none. `992*`, `S52*A`.
struct CodePattern: Sendable, Equatable {
    /// The characters before the first `*`, at least one.
    let prefix: String
    /// The parts between the `*`, the prefix first; an empty last part means that anything may follow.
    private let parts: [[UInt8]]

    /// - Parameter token: upper case. Nil when it holds no `*` or is no pattern of a code.
    init?(_ token: String) {
        guard token.contains("*") else { return nil }
        let parts = token.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 8, let first = parts.first, let prefix = SearchQuery.key(first) else { return nil }
        var keys = [Array(prefix.utf8)]
        for part in parts.dropFirst() {
            guard part.isEmpty || part == "." || SearchQuery.key(part) != nil else { return nil }
            keys.append(Array((SearchQuery.key(part) ?? "").utf8))
        }
        self.prefix = prefix
        self.parts = keys
    }

    /// Whether a key that begins with `prefix` matches.
    func matches(_ key: String) -> Bool {
        let bytes = Array(key.utf8)
        var position = parts[0].count
        for (place, part) in parts.enumerated().dropFirst() where !part.isEmpty {
            if place == parts.count - 1 {
                return bytes.count >= position + part.count && bytes.suffix(part.count).elementsEqual(part)
            }
            guard let found = Self.find(part, in: bytes, from: position) else { return false }
            position = found + part.count
        }
        return true
    }

    private static func find(_ part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= start + part.count else { return nil }
        return (start...bytes.count - part.count).first { bytes[$0..<$0 + part.count].elementsEqual(part) }
    }
}
