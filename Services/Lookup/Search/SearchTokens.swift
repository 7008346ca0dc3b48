/// A wording taken apart for the index: stems in order, and which of them it denies.
struct SearchTokens: Sendable, Equatable {
    struct Token: Sendable, Equatable {
        var stem: String
        var denied: Bool
    }

    /// Each stem once; one that stands denied and undenied counts as undenied.
    private(set) var tokens: [Token] = []

    init(_ text: String) {
        var places: [String: Int] = [:]
        let scalars = Array(text.unicodeScalars)
        var denying = false
        var end = 0
        let words = Words.words(of: text)
        for (index, word) in words.enumerated() {
            if denying, Self.ends(scalars[end..<word.start], beforeList: Self.goesOn(words, at: index)) {
                denying = false
            }
            end = word.end
            let denial = Self.denies(words, at: index)
            if let place = places[word.stem] {
                if !denying { tokens[place].denied = false }
            } else {
                places[word.stem] = tokens.count
                tokens.append(Token(stem: word.stem, denied: denying && !denial))
            }
            if denial { denying = true }
        }
        for number in Self.range(words) where places[number] == nil {
            tokens.append(Token(stem: number, denied: false))
            places[number] = tokens.count - 1
        }
    }

    /// "without"; "not specified as" and "not resulting", but no other "not" ("not elsewhere classified" denies nothing).
    private static func denies(_ words: [Words.Word], at index: Int) -> Bool {
        if words[index].folded == "without" { return true }
        guard words[index].folded == "not", index + 1 < words.count else { return false }
        return words[index + 1].folded == "resulting"
            || words[index + 1].folded == "specified" && index + 2 < words.count && words[index + 2].folded == "as"
    }

    /// "without obstruction, or gangrene" goes on behind its comma.
    private static func goesOn(_ words: [Words.Word], at index: Int) -> Bool {
        words[index].folded == "or" || words[index].folded == "and"
    }

    private static func ends(_ between: ArraySlice<Unicode.Scalar>, beforeList: Bool) -> Bool {
        between.contains(";") || between.contains(",") && !beforeList
    }

    /// The whole numbers of a range of decimals, so that 45.7 finds "45.0-49.9".
    private static func range(_ words: [Words.Word]) -> [String] {
        for (low, high) in zip(words, words.dropFirst()) where low.end + 1 == high.start {
            guard let first = low.whole.flatMap({ Int($0) }), let last = high.whole.flatMap({ Int($0) }),
                low.folded.hasSuffix("0"), high.folded.hasSuffix("9"), first <= last, last - first < 20
            else { continue }
            return (first...last).map(String.init)
        }
        return []
    }
}
