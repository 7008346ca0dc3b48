/// Lets through what its evidence bears out, and nothing else, whoever worded it.
///
/// A sentence is kept when it cites something; when every code in it is one that Lookup confirmed for the date, or stands in the
/// very words that it cites; when every number in it stands there, too; and, for wording that is not our own, when
/// most of its words do and it denies no more and no less. All else is cut. This is what makes an invented code impossible.
struct Verifier: Sendable {
    /// Longer than any sentence of a manual that reads as one.
    static let longestSentence = 1_200
    /// More sentences are no short answer.
    static let mostSentences = 24
    /// The share of its words that a model's sentence must have from its sources.
    static let neededWords = 0.6

    let known: KnownCodes
    /// The words are not ours: a model's.
    let isForeign: Bool

    /// Verifies a draft.
    func verify(_ draft: Draft) -> VerifiedAnswer {
        var answer = VerifiedAnswer()
        var places: [Int: Int] = [:]
        var said: Set<String> = []
        for sentence in draft.sentences {
            let text = sentence.text.collapsed
            var fault = fault(of: text, sentence.evidence, in: draft.evidence)
            if fault == nil, !said.insert(text.lowercased()).inserted { fault = .repeated }
            if fault == nil, answer.sentences.count >= Self.mostSentences { fault = .tooLong }
            answer.checks.append(SentenceCheck(text: text, fault: fault))
            guard fault == nil else { continue }
            let cited = sentence.evidence.map { place -> Int in
                if let known = places[place] { return known }
                answer.citations.append(draft.evidence[place])
                places[place] = answer.citations.count - 1
                return answer.citations.count - 1
            }
            answer.sentences.append(DraftSentence(text: text, evidence: unique(cited)))
        }
        // What is said outside of sentences cites nothing, so it may name no code that nobody confirmed.
        answer.notSaid = draft.notSaid.filter { namesOnlyKnown($0, in: draft.evidence) }
        answer.nextSteps = draft.nextSteps.filter { namesOnlyKnown($0, in: draft.evidence) }
        return answer
    }

    private func fault(of text: String, _ places: [Int], in evidence: [Evidence]) -> SentenceCheck.Fault? {
        guard text.contains(where: \.isLetter) else { return .empty }
        guard text.utf8.count <= Self.longestSentence else { return .tooLong }
        guard AnswerCharacters.areAllowed(text), !isSpelledOut(text) else { return .strangeCharacters }
        guard !places.isEmpty else { return .noCitation }
        guard places.allSatisfy(evidence.indices.contains) else { return .unknownCitation }
        let source = places.map {
            "\(evidence[$0].title)\n\(evidence[$0].passage)\n\(evidence[$0].source.edition)\n"
                + evidence[$0].source.effectiveDate
        }.joined(separator: "\n")
        let facts = FactWords(text)
        let base = FactWords(source)
        if let fault = codeFault(facts, base, text) { return fault }
        guard facts.numbers.isSubset(of: base.numbers) else { return .unsupportedNumber }
        guard isForeign else { return nil }
        let shared = facts.words.intersection(base.words).count
        guard Double(shared) >= Self.neededWords * Double(facts.words.count) else { return .unsupportedWords }
        return facts.isDenying == nearestDenies(text, source) ? nil : .otherDirection
    }

    private func codeFault(_ facts: FactWords, _ base: FactWords, _ text: String) -> SentenceCheck.Fault? {
        let there = Set(base.mentions.map { CodeKey.of($0.text) })
        let plain = QuestionReader.padded(text)
        let admits = Self.admissions.contains { plain.contains(" \($0) ") }
        for mention in facts.mentions {
            let key = CodeKey.of(mention.text)
            switch known.standing(of: key) {
            case .active: continue
            case .retired, .future: if !admits { return .invalidCode }
            case nil: if !there.contains(key) { return .unknownCode }
            }
        }
        return nil
    }

    /// Words that tell a reader that a code may not be used on the date.
    private static let admissions = [
        "retired", "deleted", "no longer", "not valid", "invalid", "not yet", "until", "replaced", "formerly", "future",
        "not in force", "ended", "use instead", "divided", "revised", "added", "takes the place",
    ]

    /// Whether the sentence of the source that has most of the words denies.
    private func nearestDenies(_ text: String, _ source: String) -> Bool {
        let words = Set(KnowledgeWords.words(of: text))
        let nearest = Sentences.split(source).max {
            words.intersection(KnowledgeWords.words(of: $0)).count
                < words.intersection(KnowledgeWords.words(of: $1)).count
        }
        return nearest.map { FactWords($0).isDenying } ?? false
    }

    /// "9 9 2 1 3" or "E 1 1 9": characters that stand alone one after the other.
    private func isSpelledOut(_ text: String) -> Bool {
        var run = 0
        for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            run = word.count == 1 && word.first?.isASCII == true ? run + 1 : 0
            if run >= 4 { return true }
        }
        return false
    }

    private func namesOnlyKnown(_ text: String, in evidence: [Evidence]) -> Bool {
        guard AnswerCharacters.areAllowed(text), !isSpelledOut(text) else { return false }
        let mentions = CodeScanner.mentions(in: text)
        guard !mentions.isEmpty else { return true }
        let there = Set(
            evidence.flatMap { CodeScanner.mentions(in: $0.title + " " + $0.passage) }.map { CodeKey.of($0.text) })
        return mentions.allSatisfy { mention in
            known.standing(of: mention.text) != nil || there.contains(CodeKey.of(mention.text))
        }
    }

    private func unique(_ places: [Int]) -> [Int] {
        var seen: Set<Int> = []
        return places.filter { seen.insert($0).inserted }
    }
}
