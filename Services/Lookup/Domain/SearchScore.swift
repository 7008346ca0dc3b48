/// How well a title answers words, and which parts of it do.
struct SearchScore: Sendable, Equatable {
    /// From 0 to about 2; higher is better.
    var value: Double
    /// Unicode scalars from the start of the title.
    var highlights: [Range<Int>]
    /// All words occur in the title.
    var complete: Bool

    /// - Complexity: words of the title times words asked for.
    init(_ title: String, for asked: [SearchWord]) {
        let words = Words.words(of: title)
        var highlights: [Range<Int>] = []
        var found = [Bool](repeating: false, count: asked.count)
        var exact = 0
        var previous: Int?
        var inOrder = 0
        for word in words {
            guard let place = asked.firstIndex(where: { Self.matches(word, $0) }) else {
                previous = nil
                continue
            }
            highlights.append(word.start..<word.end)
            if !found[place], asked[place].stem == word.stem { exact += 1 }
            found[place] = true
            if let previous, previous + 1 == place { inOrder += 1 }
            previous = place
        }
        let matched = found.count { $0 }
        self.highlights = highlights
        complete = matched == asked.count
        guard matched > 0, !words.isEmpty else {
            value = 0
            return
        }
        let askedShare = Double(matched) / Double(asked.count)
        let titleShare = Double(min(highlights.count, words.count)) / Double(words.count)
        let first = words.first.map { word in asked.contains { Self.matches(word, $0) } } == true ? 0.15 : 0
        let order = asked.count > 1 ? 0.2 * Double(min(inOrder, asked.count - 1)) / Double(asked.count - 1) : 0
        value = askedShare + 0.4 * titleShare + first + order + 0.1 * Double(exact) / Double(asked.count)
    }

    private static func matches(_ word: Words.Word, _ asked: SearchWord) -> Bool {
        if word.stem == asked.stem { return true }
        return asked.unfinished && asked.folded.utf8.count >= 2 && word.folded.hasPrefix(asked.folded)
    }
}
