/// Finds the parts of a title that answer a plan.
struct SearchHighlighter {
    private let file: SearchFile
    private let terms: Set<Int>

    init(_ plan: SearchPlan, in file: SearchFile) {
        self.file = file
        terms = Set(plan.concepts.flatMap { $0.alternatives.flatMap { $0.groups.flatMap { $0.members.map(\.term) } } })
    }

    /// Ranges of Unicode scalars from the start of the title, one a word.
    func highlights(in title: String) -> [Range<Int>] {
        Words.words(of: title).compactMap { word in
            file.lexicon.find(Array(word.stem.utf8)).map(terms.contains) == true ? word.start..<word.end : nil
        }
    }
}
