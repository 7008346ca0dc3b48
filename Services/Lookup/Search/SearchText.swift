/// A question in words, taken apart.
struct SearchText: Sendable, Equatable {
    /// In order, each stem once; filler words only when there are no others.
    var words: [Words.Word]
    /// The last word may go on.
    var unfinished: Bool
    /// The sides of the body that it names.
    var sides: SearchSides
    /// It denies something, so what a title denies counts too.
    var denies: Bool

    /// - Parameter text: what was typed.
    init(_ text: String) {
        let all = Words.words(of: text)
        // The last word may go on, unless something ends it.
        let open = all.last?.end == text.unicodeScalars.count
        var seen: Set<String> = []
        var kept: [Words.Word] = []
        for (place, word) in all.enumerated() {
            let last = open && place == all.count - 1
            if seen.insert(word.stem).inserted || last && kept.last?.stem != word.stem { kept.append(word) }
        }
        let telling = kept.enumerated().filter { place, word in
            !GenericWords.fillers.contains(word.stem) || open && place == kept.count - 1 && word.folded.utf8.count > 1
        }.map(\.element)
        words = telling.contains { !GenericWords.fillers.contains($0.stem) } ? telling : kept
        unfinished = open
        sides = SearchSides(stems: all.map(\.stem))
        denies = all.contains { GenericWords.denials.contains($0.stem) }
    }

    /// A run of words of a note: nothing of it goes on, and what it denies is told elsewhere.
    init(words run: some Sequence<Words.Word>) {
        var seen: Set<String> = []
        words = run.filter { !GenericWords.fillers.contains($0.stem) && seen.insert($0.stem).inserted }
        unfinished = false
        sides = SearchSides(stems: words.map(\.stem))
        denies = false
    }
}
