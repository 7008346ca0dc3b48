/// What the search index knows near the phrases of a note that no wording covers whole: codes that most of the words speak
/// for. They are told of as near misses.
struct CaseNeighbours {
    /// A phrase with its best code.
    struct Found {
        var place: Int
        /// The search score as a share of a perfect one.
        var likeness: Double
        var clause: CaseText.Clause
        var words: Range<Int>
    }

    /// Each is a search of about half a millisecond.
    private static let mostSearches = 60
    /// What a question scores whose words are those of a title.
    private static let perfect = 1.95
    /// Below that most of the words are others.
    private static let leastLikeness = 0.45

    private let index: SearchIndex
    private let selection: SearchSelection

    init(_ index: SearchIndex, _ selection: SearchSelection) {
        self.index = index
        self.selection = selection
    }

    /// - Parameter covered: the spans of the note that wordings were found in.
    func found(in text: CaseText, besides covered: [Range<Int>]) -> [Found] {
        var phrases: [(plan: SearchPlan, clause: CaseText.Clause, words: Range<Int>)] = []
        for clause in text.clauses {
            for run in CasePhrases.runs(of: clause) {
                let words = clause.words[run]
                guard let first = words.first, let last = words.last,
                    !covered.contains(where: { $0.lowerBound <= first.start && $0.upperBound >= last.end })
                else { continue }
                let plan = SearchPlan(SearchText(words: words), in: index.file)
                if plan.concepts.count > 1 { phrases.append((plan, clause, run)) }
            }
        }
        // What says most is asked first.
        phrases.sort { $0.plan.weight > $1.plan.weight }
        return phrases.prefix(Self.mostSearches).compactMap { phrase in
            guard let best = index.find(phrase.plan, selection, limit: 1).best.first else { return nil }
            let likeness = Double(best.score) / Self.perfect
            guard likeness >= Self.leastLikeness else { return nil }
            return Found(place: best.place, likeness: likeness, clause: phrase.clause, words: phrase.words)
        }
    }
}
