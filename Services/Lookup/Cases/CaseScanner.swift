/// Finds the wordings of the index in a note: those whose telling words all stand near each other in one clause.
///
/// A wording is looked for at its rarest word (`SearchFile.anchors`), so a note is read once and few wordings are tried.
struct CaseScanner {
    /// Words that may stand between those of a wording.
    private static let slack = 3
    /// Wordings that say less are no evidence.
    private static let leastWeight: Float = 0.1
    private static let longestRun = 3
    /// A wording for what no other code names is meant only when nothing plainer has the same words.
    private static let otherCost: Float = 2.5

    private let file: SearchFile
    /// Terms that say nothing, terms that are no diagnosis alone, and terms that are a general one.
    private let empty: Set<Int>
    private let vague: Set<Int>
    private let general: Set<Int>
    /// Terms by which a wording says that it is not the plain one: "other specified", "NEC".
    private let others: Set<Int>

    init(_ file: SearchFile) {
        self.file = file
        func terms(_ stems: Set<String>) -> Set<Int> { Set(stems.compactMap { file.lexicon.find(Array($0.utf8)) }) }
        empty = terms(GenericWords.empty)
        general = terms(CaseWords.general)
        others = terms(CaseWords.others)
        vague = terms(CaseWords.vague).subtracting(general)
    }

    /// What was found in a note, in the order of its clauses; in a clause what says most comes first.
    func mentions(in text: CaseText) -> [CaseMention] {
        var known: [String: Int] = [:]
        return text.clauses.flatMap { mentions(in: $0, &known) }
    }

    /// A wording that a clause has.
    private struct Match {
        var terms: [Int]
        var weight: Float
        var words: [Int]
        var candidates: [CaseMention.Candidate]
    }

    private func mentions(in clause: CaseText.Clause, _ known: inout [String: Int]) -> [CaseMention] {
        let positions = positions(of: clause, &known)
        var matches: [[Int]: Match] = [:]
        for term in positions.keys {
            for index in file.anchors(of: term) {
                let phrasePlace = Int(file.anchorPhrases[index])
                guard let terms = terms(of: phrasePlace, in: positions) else { continue }
                let candidate = CaseMention.Candidate(
                    place: Int(file.anchorDocuments[index]), strength: strength(phrasePlace, index))
                if matches[terms] != nil {
                    matches[terms]?.candidates.append(candidate)
                } else if let words = nearest(terms, positions) {
                    let weight = terms.reduce(0) { $0 + file.terms[$1].weight }
                    guard weight >= Self.leastWeight else { continue }
                    matches[terms] = Match(terms: terms, weight: weight, words: words, candidates: [candidate])
                }
            }
        }
        return chosen(Array(matches.values), clause)
    }

    /// Longest first; of what lies within a longer one it is noted that it does.
    private func chosen(_ matches: [Match], _ clause: CaseText.Clause) -> [CaseMention] {
        let sorted = matches.sorted {
            $0.weight != $1.weight ? $0.weight > $1.weight : $0.terms.lexicographicallyPrecedes($1.terms)
        }
        var owners: [Int: Range<Int>] = [:]
        let folded = Set(clause.words.map(\.folded))
        let sides = SearchSides(stems: clause.words.map(\.stem))
        return sorted.map { match in
            let first = match.words.first ?? 0
            let last = match.words.last ?? first
            let span = clause.words[first].start..<clause.words[last].end
            let covers = match.words.compactMap { owners[$0] }
            let covered = covers.count == match.words.count ? covers.first : nil
            if covered == nil { for word in match.words { owners[word] = span } }
            let between = Float(last - first + 1 - match.words.count)
            return CaseMention(
                candidates: match.candidates.sorted { ($1.strength, $0.place) < ($0.strength, $1.place) },
                score: match.weight * (1 - 0.05 * max(0, between)), span: span,
                context: CaseContext(clause, from: first, through: last), sides: sides,
                encounter: CaseEncounter(folded),
                isGeneral: match.terms.allSatisfy { general.contains($0) || vague.contains($0) }, coveredBy: covered)
        }
    }

    /// By term, the words of the clause that stand for it, by themselves or through the vocabulary.
    private func positions(of clause: CaseText.Clause, _ known: inout [String: Int]) -> [Int: [Int]] {
        var positions: [Int: [Int]] = [:]
        func add(_ stem: String, _ word: Int) {
            let term: Int
            if let seen = known[stem] {
                term = seen
            } else {
                term = file.lexicon.find(Array(stem.utf8)) ?? -1
                known[stem] = term
            }
            if term >= 0, positions[term]?.last != word { positions[term, default: []].append(word) }
        }
        let stems = clause.words.map(\.stem)
        for (word, stem) in stems.enumerated() { add(stem, word) }
        for length in 1...Self.longestRun where length <= stems.count {
            for start in 0...stems.count - length {
                for alternative in file.vocabulary.alternatives(to: stems[start..<start + length]) {
                    for stem in alternative { for word in start..<start + length { add(stem, word) } }
                }
            }
        }
        return positions.mapValues { Array(Set($0)).sorted() }
    }

    /// The telling terms of a wording, sorted, when the clause has them all; of forms of one word it need have one.
    private func terms(of phrasePlace: Int, in positions: [Int: [Int]]) -> [Int]? {
        let phrase = file.phrases[phrasePlace]
        var terms: [Int] = []
        var absent: [Int] = []
        for index in Int(phrase.tokens)..<Int(phrase.tokens) + Int(phrase.required) {
            let token = file.tokens[index]
            if token.denied || empty.contains(token.term) { continue }
            if positions[token.term] == nil { absent.append(token.term) } else { terms.append(token.term) }
        }
        for term in absent {
            let name = file.lexicon[term]
            guard terms.contains(where: { WordVariants.are(file.lexicon[$0], name) }) else { return nil }
        }
        return terms.allSatisfy(vague.contains) ? nil : terms.sorted()
    }

    /// The words that have the terms and stand nearest to each other; nil when they stand too far apart.
    private func nearest(_ terms: [Int], _ positions: [Int: [Int]]) -> [Int]? {
        guard let rarest = terms.max(by: { file.terms[$0].weight < file.terms[$1].weight }) else { return nil }
        var best: [Int]?
        for anchor in positions[rarest] ?? [] {
            let words = Set(terms.compactMap { positions[$0]?.min { abs($0 - anchor) < abs($1 - anchor) } }).sorted()
            guard let first = words.first, let last = words.last else { continue }
            if let known = best, let low = known.first, let high = known.last, high - low <= last - first { continue }
            best = words
        }
        guard let found = best, let first = found.first, let last = found.last,
            last - first + 1 <= terms.count + Self.slack
        else { return nil }
        return found
    }

    /// The index's own terms before titles and inclusion terms, references last; the document's prior; billable codes.
    private func strength(_ phrasePlace: Int, _ index: Int) -> Float {
        let document = file.documents[Int(file.anchorDocuments[index])]
        let source: Float
        switch SearchPhrase.Kind(rawValue: file.phrases[phrasePlace].kind) {
        case .index: source = 3
        case .title, .inclusion: source = 2
        default: source = 1
        }
        let phrase = file.phrases[phrasePlace]
        let words = Int(phrase.tokens)..<Int(phrase.tokens) + Int(phrase.required)
        let isOther = words.contains { others.contains(file.tokens[$0].term) }
        return source + 0.5 * document.prior + (document.billable ? 0.5 : 0) - (isOther ? Self.otherCost : 0)
    }
}
