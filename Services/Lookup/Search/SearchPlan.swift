/// What a question asks of the index: concepts, each with alternatives, each a list of groups of terms. A document answers an
/// alternative by the groups that it has, and a concept by its best alternative.
struct SearchPlan: Sendable {
    /// A term and how well it stands for the word that was typed (1: it is that word).
    struct Member: Sendable, Equatable {
        var term: Int
        var factor: Float
    }

    /// The terms that one word may mean.
    struct Group: Sendable {
        var members: [Member]
        /// The weight of its best member.
        var weight: Float
    }

    struct Alternative: Sendable {
        var groups: [Group]
        var weight: Float { groups.reduce(0) { $0 + $1.weight } }
    }

    struct Concept: Sendable {
        var alternatives: [Alternative]
        /// That of its heaviest alternative.
        var weight: Float
        /// The words of the question that it stands for.
        var words: Range<Int>
    }

    private(set) var concepts: [Concept] = []
    let text: SearchText
    /// Sides of the body that are asked for, abbreviations spelled out.
    private(set) var sides: SearchSides

    /// What all concepts weigh together.
    var weight: Float { concepts.reduce(0) { $0 + $1.weight } }

    /// More alternatives of one concept say the same again.
    private static let mostAlternatives = 6
    /// An unfinished word stands for no more terms than these: two letters begin some hundreds.
    private static let mostExpansions = 1_000

    init(_ text: SearchText, in file: SearchFile) {
        self.text = text
        sides = text.sides
        var start = 0
        while start < text.words.count {
            let (alternatives, length) = Self.run(text, at: start, file)
            let known = alternatives.filter { !$0.groups.isEmpty && $0.weight > 0 }
            if let weight = known.map(\.weight).max() {
                concepts.append(
                    Concept(
                        alternatives: Array(known.prefix(Self.mostAlternatives)), weight: weight,
                        words: start..<start + length))
            }
            start += length
        }
        for concept in concepts {
            for alternative in concept.alternatives.dropFirst() {
                for member in alternative.groups.flatMap(\.members) where member.factor == 1 {
                    sides.formUnion(SearchSides(stems: [String(decoding: file.lexicon[member.term], as: UTF8.self)]))
                }
            }
        }
    }

    /// The longest run of words from a place on that the vocabulary knows, itself its first alternative; one word otherwise.
    private static func run(_ text: SearchText, at start: Int, _ file: SearchFile) -> ([Alternative], Int) {
        let left = text.words.count - start
        for length in stride(from: min(SearchVocabulary.longestRun, left), through: 1, by: -1) {
            let run = text.words[start..<start + length]
            let others = file.vocabulary.alternatives(to: run.map(\.stem))
            guard !others.isEmpty else { continue }
            let unfinished = text.unfinished && start + length == text.words.count
            let own = run.enumerated().compactMap { place, word in
                group(exactly: word, unfinished: unfinished && place == length - 1, file)
            }
            // Words that no code has are better left out than half understood.
            let written = own.count == length ? [Alternative(groups: own)] : []
            let said = others.compactMap { stems in
                let groups = stems.compactMap {
                    member($0, file).map { Group(members: [$0], weight: weight($0, file)) }
                }
                return groups.count == stems.count ? Alternative(groups: groups) : nil
            }
            if !written.isEmpty || !said.isEmpty { return (written + said, length) }
        }
        let word = text.words[start]
        if let group = group(exactly: word, unfinished: text.unfinished && left == 1, file) {
            return ([Alternative(groups: [group])], 1)
        }
        return ([Alternative(groups: unknown(word, text.mayBeMisspelled, file))], 1)
    }

    private static func weight(_ member: Member, _ file: SearchFile) -> Float {
        file.terms[member.term].weight * member.factor
    }

    private static func member(_ stem: String, _ file: SearchFile) -> Member? {
        file.lexicon.find(Array(stem.utf8)).map { Member(term: $0, factor: 1) }
    }

    private static func group(_ members: [Member], _ file: SearchFile) -> Group? {
        guard let weight = members.map({ weight($0, file) }).max() else { return nil }
        return Group(members: members, weight: weight)
    }

    /// The word itself, and what an unfinished one may become.
    private static func group(exactly word: Words.Word, unfinished: Bool, _ file: SearchFile) -> Group? {
        let exact = member(word.stem, file)
        guard unfinished else { return group(exact.map { [$0] } ?? [], file) }
        var members = exact.map { [$0] } ?? []
        // The lexicon holds stems: an ending begun ("diabeti") goes beyond its stem.
        var prefix = Array(word.folded.utf8)
        var places = file.lexicon.places(startingWith: prefix)
        while places.isEmpty, exact == nil, prefix.count > 4, word.folded.utf8.count - prefix.count < 3 {
            prefix.removeLast()
            places = file.lexicon.places(startingWith: prefix)
        }
        for term in places.prefix(mostExpansions) where term != exact?.term {
            members.append(Member(term: term, factor: exact == nil ? 0.95 : 0.6))
        }
        return group(members, file)
    }

    /// What a word that no code has may mean: a number without its decimals, two words written as one, or a slip of the pen.
    private static func unknown(_ word: Words.Word, _ mayBeMisspelled: Bool, _ file: SearchFile) -> [Group] {
        if let whole = word.whole, let member = member(whole, file) { return [group([member], file)].compactMap { $0 } }
        if let halves = halves(of: word.folded, file) { return halves.compactMap { group([$0], file) } }
        guard mayBeMisspelled else { return [] }
        return [group(SpellingNeighbours.of(word.stem, in: file), file)].compactMap { $0 }
    }

    /// "posttraumatic": both parts must be words of more than a few codes.
    private static func halves(of word: String, _ file: SearchFile) -> [Member]? {
        let bytes = Array(word.utf8)
        guard bytes.count >= 8 else { return nil }
        for cut in 4...bytes.count - 4 {
            let parts = [bytes[..<cut], bytes[cut...]].map { Words.stem(of: String(decoding: $0, as: UTF8.self)) }
            let members = parts.compactMap { member($0, file) }.filter { file.terms[$0.term].count > 3 }
            if members.count == 2 { return members }
        }
        return nil
    }
}
