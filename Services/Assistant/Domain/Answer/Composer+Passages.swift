extension Composer {
    /// Limits of an answer from passages.
    enum PassageLimit {
        /// Passages that are quoted.
        static let passages = 3
        /// Sentences of one passage.
        static let sentencesEach = 3
        static let sentences = 6
        /// A passage must hold this share of the question's words to be an answer to it.
        static let coverage = 0.5
        /// …and come near the best one.
        static let nearness = 0.72
    }

    /// The sentences of the best passages that say most of what was asked, in the manual's own words.
    /// - Parameter ranked: best first, as `PassageRanking` orders them.
    static func passages(_ ranked: [FoundPassage], for question: Question) -> Draft {
        var draft = Draft()
        let wanted = Set(KnowledgeWords.words(of: question.text))
        let codes = Set(question.mentions.map { CodeKey.of($0.text) })
        guard let best = ranked.first else { return draft }
        var count = 0
        for found in ranked.prefix(PassageLimit.passages) {
            guard answers(found, codes: codes, words: wanted.count), found.score >= best.score * PassageLimit.nearness
            else {
                continue
            }
            let piece = evidence(found)
            for text in sentences(of: found.passage, wanted: wanted, codes: codes) where count < PassageLimit.sentences
            {
                draft.say(text, piece)
                count += 1
            }
        }
        return draft
    }

    /// Whether a passage is near enough to the question to be quoted.
    static func answers(_ found: FoundPassage, codes: Set<String>, words: Int) -> Bool {
        let named = Set(CodeScanner.mentions(in: found.passage.text).map { CodeKey.of($0.text) })
        if !codes.isEmpty, !codes.isDisjoint(with: named) { return true }
        // One word alone ("intubation") must be there; of several, half.
        return found.coverage >= (words <= 2 ? 0.99 : PassageLimit.coverage)
    }

    /// A passage as evidence.
    static func evidence(_ found: FoundPassage) -> Evidence {
        let place =
            ([found.source.name] + found.passage.headings.filter { $0 != found.source.name })
            + (found.passage.page.isEmpty ? [] : ["page \(found.passage.page)"])
        return Evidence(
            title: place.joined(separator: ", "), passage: found.passage.text, source: found.source,
            href: "/casepilot/passages/\(found.id.value)")
    }

    /// The best sentences in the order of the passage; one that leans on the sentence before it brings that along.
    private static func sentences(of passage: Passage, wanted: Set<String>, codes: Set<String>) -> [String] {
        let all = Sentences.split(passage.text).map(withoutMarker)
        let scores = all.map { score($0, wanted, codes) }
        let order = all.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
        guard let top = order.first, scores[top] > 0 else { return all.isEmpty ? [] : [all[0]] }
        var chosen: Set<Int> = []
        for index in order.prefix(2) where scores[index] >= scores[top] * 0.45 {
            chosen.insert(index)
            if leans(all[index]), index > 0 { chosen.insert(index - 1) }
        }
        return chosen.sorted().prefix(PassageLimit.sentencesEach).map { all[$0] }.filter { $0.utf8.count > 20 }
    }

    private static func score(_ sentence: String, _ wanted: Set<String>, _ codes: Set<String>) -> Double {
        let words = Set(KnowledgeWords.words(of: sentence))
        let named = Set(CodeScanner.mentions(in: sentence).map { CodeKey.of($0.text) })
        let hits = Double(wanted.intersection(words).count) + 2 * Double(codes.intersection(named).count)
        // Of two that say as much the shorter one.
        return hits - Double(sentence.utf8.count) / 2_000
    }

    private static func leans(_ sentence: String) -> Bool {
        let openings = [
            "However", "This ", "These ", "Thus", "For example", "If so", "It ", "They ", "Such ", "Therefore", "Then ",
            "The latter", "In this", "In these", "Similarly", "Otherwise", "But ", "Those ", "Both ",
        ]
        return openings.contains(where: sentence.hasPrefix)
    }

    /// Without the bullet or number of a list item: it says nothing where the list is not seen.
    private static func withoutMarker(_ sentence: String) -> String {
        var rest = Substring(sentence)
        if rest.hasPrefix("•") || rest.hasPrefix("- ") || rest.hasPrefix("* ") { rest = rest.dropFirst() }
        let digits = rest.prefix { $0.isNumber }
        if (1...2).contains(digits.count), rest.dropFirst(digits.count).hasPrefix(". ") {
            rest = rest.dropFirst(digits.count + 2)
        }
        return rest.trimmed
    }
}
