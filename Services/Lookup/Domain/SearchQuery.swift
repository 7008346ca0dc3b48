/// What a person typed into the search box, taken apart.
enum SearchQuery: Sendable, Equatable {
    /// All codes from one to another; both are keys, and the last one takes in what begins with it.
    case range(from: String, to: String)
    /// Codes that match a pattern with `*`, which begins with at least one character.
    case pattern(CodePattern)
    /// Words. `key` is the query as a code, when it could be one; `isOneToken` tells that it was typed without blanks.
    case words(SearchText, key: String?, isOneToken: Bool)
    /// Nothing that could be looked for.
    case nothing

    /// Longer questions are refused: a search box is no place for notes (case-to-code is).
    static let longestQuery = 500
    /// More words than any title has.
    static let mostWords = 32

    /// - Throws: `.invalid` for a text that is longer than `longestQuery` characters or has more than `mostWords` words.
    init(_ text: String) throws(LookupError) {
        // A character has at most a few dozen bytes; this spares counting a megabyte.
        guard text.utf8.count <= Self.longestQuery * 8, text.count <= Self.longestQuery else {
            throw .invalid(field: "q", "The query is longer than \(Self.longestQuery) characters; shorten it.")
        }
        let parts = text.split(whereSeparator: { $0.isWhitespace })
        if parts.count == 1 || parts.count == 3 && parts[1] == "-" {
            let token = parts.map(String.init).joined().uppercased()
            if let range = Self.range(token) {
                self = range
                return
            }
            if let pattern = CodePattern(token) {
                self = .pattern(pattern)
                return
            }
        }
        let words = SearchText(text)
        guard words.words.count <= Self.mostWords else {
            throw .invalid(field: "q", "The query has more than \(Self.mostWords) words; leave some out.")
        }
        let key = Self.key(parts.joined())
        self = words.words.isEmpty && key == nil ? .nothing : .words(words, key: key, isOneToken: parts.count == 1)
    }

    private static func range(_ token: String) -> SearchQuery? {
        let halves = token.split(separator: "-", omittingEmptySubsequences: false)
        guard halves.count == 2, let low = key(String(halves[0])), let high = key(String(halves[1])), low <= high,
            low.utf8.count >= 2, low.utf8.contains(where: isDigit), high.utf8.contains(where: isDigit)
        else { return nil }
        return .range(from: low, to: high)
    }

    /// The text as a key; nil when it is too long or has characters that no code has.
    static func key(_ text: String) -> String? {
        let key = text.uppercased().filter { $0 != "." }
        guard (1...15).contains(key.utf8.count),
            key.utf8.allSatisfy({
                isDigit($0) || $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") || $0 == UInt8(ascii: "-")
            })
        else { return nil }
        return key
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
