/// Orders what the index found: words that stand together, headings that say the topic, codes and the ranges around them.
struct PassageRanking {
    /// Weights of the parts of a score; found by trying on the development half of the questions.
    enum Weight {
        static let coverage = 6.0
        static let pairs = 2.0
        static let heading = 2.5
        static let code = 5.0
        static let range = 2.5
        static let chapter = 1.0
    }

    private let words: [String]
    private let distinct: Set<String>
    private let pairs: Set<[String]>
    private let mentions: [CodeMention]

    /// - Parameters:
    ///   - text: the question, or what of it is sought.
    ///   - mentions: the codes that it names.
    init(_ text: String, mentions: [CodeMention]) {
        let codes = Set(mentions.map { CodeKey.of($0.text).lowercased() })
        words = KnowledgeWords.words(of: text).filter { !codes.contains($0) }
        distinct = Set(words)
        pairs = Set(zip(words, words.dropFirst()).map { [$0, $1] })
        self.mentions = mentions
    }

    /// How many words of the question say something beside its codes.
    var wordCount: Int { distinct.count }

    /// Best first.
    func ranked(_ found: [FoundPassage]) -> [FoundPassage] {
        let best = found.map(\.relevance).max() ?? 1
        return found.map { scored($0, best: max(best, 0.001)) }.sorted {
            ($0.score, $1.id.value) > ($1.score, $0.id.value)
        }
    }

    private func scored(_ passage: FoundPassage, best: Double) -> FoundPassage {
        var passage = passage
        let body = KnowledgeWords.words(of: passage.passage.text)
        let heading = Set(KnowledgeWords.words(of: passage.passage.headings.joined(separator: " ")))
        let held = Set(body)
        let count = Double(max(1, distinct.count))
        passage.coverage = Double(distinct.filter { held.contains($0) || heading.contains($0) }.count) / count
        var score = passage.relevance / best * 10
        score += Weight.coverage * passage.coverage
        score += Weight.heading * Double(distinct.intersection(heading).count) / count
        let near = Set(zip(body, body.dropFirst()).map { [$0, $1] })
        score += Weight.pairs * Double(pairs.intersection(near).count) / Double(max(1, pairs.count))
        score += codeScore(passage.passage)
        passage.score = score
        return passage
    }

    private func codeScore(_ passage: Passage) -> Double {
        guard !mentions.isEmpty else { return 0 }
        let there = CodeScanner.mentions(in: passage.text)
        let named = Set(there.map { CodeKey.of($0.text) })
        let ranges = zip(there, there.dropFirst()).filter { $1.start - $0.end <= 3 && $0.text < $1.text }
            .map { CodeRange(first: $0.text, last: $1.text) }
        let chapterRange = passage.headings.first.map(CodeScanner.mentions) ?? []
        var score = 0.0
        for mention in mentions {
            let key = CodeKey.of(mention.text)
            if named.contains(key) {
                score += Weight.code
            } else if ranges.contains(where: { $0.contains(key) }) {
                score += Weight.range
            } else if chapterRange.count == 2,
                CodeRange(first: chapterRange[0].text, last: chapterRange[1].text).contains(key)
            {
                score += Weight.chapter
            }
        }
        return score
    }
}
