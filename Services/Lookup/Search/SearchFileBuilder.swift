import Glibc

/// Gathers documents with their phrases and lays out the bytes of a `SearchFile`.
///
/// Documents come by system and number of the code; a document's first phrase is its title.
struct SearchFileBuilder {
    private var documents: [SearchDocument] = []
    private var editions: [UInt16] = []
    private var phraseOffsets: [UInt32] = [0]
    private var phrases: [SearchPhraseEntry] = []
    private var tokens: [SearchToken] = []
    private var numbers: [String: Int] = [:]
    private var names: [String] = []
    /// By place, whether its wordings are looked for in notes.
    private var spotted: [Bool] = []
    /// By system, in how many counted documents a term occurs, and how many there are.
    private var counts: [UInt8: (terms: [Int: Int], documents: Int)] = [:]

    /// Longer wordings are cut: no index path has as many words.
    private static let mostTokens = 200

    /// - Parameters:
    ///   - editions: the numbers of the editions that list the code.
    ///   - spotted: whether its wordings are looked for in notes.
    ///   - counted: whether the document counts for how rare its words are; expansions of a code by its 7th character do not.
    mutating func add(
        _ document: SearchDocument, editions listed: [Int], phrases wordings: [SearchPhrase], counted: Bool,
        spotted isSpotted: Bool
    ) {
        var document = document
        document.editions = UInt32(editions.count)
        document.editionCount = UInt16(listed.count)
        editions.append(contentsOf: listed.map { UInt16(clamping: $0) })
        documents.append(document)
        spotted.append(isSpotted)
        var seen: Set<Int> = []
        for wording in wordings {
            let required = SearchTokens(wording.text).tokens.prefix(Self.mostTokens)
            let optional = wording.optional.isEmpty ? [] : SearchTokens(wording.optional).tokens.prefix(255)
            phrases.append(
                SearchPhraseEntry(
                    tokens: UInt32(tokens.count), weight: 0, required: UInt16(required.count),
                    optional: UInt8(optional.count), kind: wording.kind.rawValue))
            for token in required {
                let number = number(of: token.stem)
                seen.insert(number)
                tokens.append(SearchToken(term: number, denied: token.denied))
            }
            for token in optional { tokens.append(SearchToken(term: number(of: token.stem), denied: token.denied)) }
        }
        phraseOffsets.append(UInt32(phrases.count))
        guard counted else { return }
        for number in seen { counts[document.system, default: ([:], 0)].terms[number, default: 0] += 1 }
        counts[document.system, default: ([:], 0)].documents += 1
    }

    private mutating func number(of stem: String) -> Int {
        if let number = numbers[stem] { return number }
        numbers[stem] = names.count
        names.append(stem)
        return names.count - 1
    }

    /// The bytes of the file.
    /// - Parameter vocabulary: as `SearchVocabulary.parse` gives it.
    mutating func finish(vocabulary: [String: [[String]]]) -> [[UInt8]] {
        let order = names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
        var rank = [Int](repeating: 0, count: names.count)
        for (place, number) in order.enumerated() { rank[number] = place }
        let weights = self.weights()
        for index in tokens.indices {
            tokens[index] = SearchToken(term: rank[tokens[index].term], denied: tokens[index].denied)
        }
        let sorted = order.map { weights[$0] }
        weighPhrases(sorted)
        let lists = postings(terms: names.count)
        var terms: [SearchTermEntry] = []
        var begun = 0
        for (term, (list, weight)) in zip(lists, sorted).enumerated() {
            let name = names[order[term]]
            // The weight has the share of generic words in it already.
            let unasked = weight * GenericWords.shareUnasked(of: name) / GenericWords.share(of: name)
            terms.append(
                SearchTermEntry(
                    postings: UInt32(begun), count: UInt32(list.count), weight: weight, unasked: unasked))
            begun += list.count
        }
        let anchors = self.anchors(sorted, order)
        let lexicon = Self.strings(order.map { Array(names[$0].utf8) })
        let keys = vocabulary.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let known = Self.strings(keys.map { Array($0.utf8) })
        let said = Self.strings(
            keys.map { key in
                Array((vocabulary[key] ?? []).map { $0.joined(separator: " ") }.joined(separator: "|").utf8)
            })
        return [
            Self.bytes(documents), Self.bytes(places()), Self.bytes(editions), Self.bytes(lexicon.offsets),
            lexicon.bytes, Self.bytes(terms), Self.bytes(Array(lists.joined())), Self.bytes(phraseOffsets),
            Self.bytes(phrases), Self.bytes(tokens), Self.bytes(anchors.offsets), Self.bytes(anchors.phrases),
            Self.bytes(anchors.documents),
            Self.bytes(known.offsets), known.bytes, Self.bytes(said.offsets),
            said.bytes,
        ]
    }

    private func places() -> [UInt32] {
        var places = [UInt32](repeating: .max, count: Int(documents.map(\.code).max() ?? 0))
        for (place, document) in documents.enumerated() where document.code > 0 {
            places[Int(document.code) - 1] = UInt32(place)
        }
        return places
    }

    /// By term number: the logarithm of how rare it is, on the average of the sets that have it, so that a large set does not
    /// make the words of another common; less for words that say little.
    private func weights() -> [Float] {
        var weights: [Float] = []
        for (number, name) in names.enumerated() {
            var shares = 0.0
            var sets = 0
            var smallest = 1.0
            for (_, count) in counts where count.documents > 0 {
                guard let documents = count.terms[number] else { continue }
                shares += Double(documents) / Double(count.documents)
                smallest = min(smallest, 0.5 / Double(count.documents))
                sets += 1
            }
            let share = sets > 0 ? shares / Double(sets) : 0
            if sets == 0 { smallest = 0.5 / Double(max(1, counts.values.map(\.documents).max() ?? 1)) }
            weights.append(
                Float(log(1 + (1 - share + smallest) / (share + smallest)) / 10)
                    * GenericWords.share(of: name))
        }
        return weights
    }

    /// By term, the wordings of diagnoses whose rarest telling word it is, or another form of it, and their documents.
    private func anchors(_ weights: [Float], _ order: [Int]) -> (
        offsets: [UInt32], phrases: [UInt32], documents: [UInt32]
    ) {
        var lists = [[(phrase: UInt32, document: UInt32)]](repeating: [], count: weights.count)
        let empty = order.map { GenericWords.empty.contains(names[$0]) }
        for place in documents.indices where spotted[place] {
            for index in Int(phraseOffsets[place])..<Int(phraseOffsets[place + 1]) {
                let phrase = phrases[index]
                guard phrase.kind <= SearchPhrase.Kind.reference.rawValue else { continue }
                let first = Int(phrase.tokens)
                let telling = tokens[first..<first + Int(phrase.required)].filter { !$0.denied && !empty[$0.term] }
                guard telling.count <= Self.mostTellingWords,
                    let rarest = telling.max(by: { weights[$0.term] < weights[$1.term] })
                else { continue }
                let name = Array(names[order[rarest.term]].utf8)
                let forms = Set(telling.map(\.term)).filter {
                    $0 == rarest.term || WordVariants.are(Array(names[order[$0]].utf8), name)
                }
                for term in forms { lists[term].append((UInt32(index), UInt32(place))) }
            }
        }
        var offsets: [UInt32] = [0]
        for list in lists { offsets.append((offsets.last ?? 0) + UInt32(list.count)) }
        return (offsets, lists.flatMap { $0.map(\.phrase) }, lists.flatMap { $0.map(\.document) })
    }

    /// No clause says more of one diagnosis.
    private static let mostTellingWords = 7

    private mutating func weighPhrases(_ weights: [Float]) {
        for index in phrases.indices {
            let first = Int(phrases[index].tokens)
            phrases[index].weight = tokens[first..<first + Int(phrases[index].required)].reduce(0) { sum, token in
                sum + weights[token.term] * (token.denied ? SearchRanker.deniedShare : 1)
            }
        }
    }

    /// The documents of each term. A document has the terms of its own phrases and, with a smaller share, of its headings'.
    private func postings(terms: Int) -> [[SearchPosting]] {
        var lists = [[SearchPosting]](repeating: [], count: terms)
        var kept: [Int: [(term: Int, share: Float)]] = [:]
        let parents = Set(documents.map(\.parent))
        for place in documents.indices {
            let found = shares(of: place, &kept, parents)
            for (term, share) in found { lists[term].append(SearchPosting(document: place, share: share)) }
        }
        return lists
    }

    private func shares(
        of place: Int, _ kept: inout [Int: [(term: Int, share: Float)]], _ parents: Set<UInt32>
    ) -> [(term: Int, share: Float)] {
        if let known = kept[place] { return known }
        var shares: [Int: Float] = [:]
        let parent = documents[place].parent
        if parent != SearchDocument.noParent {
            for (term, share) in self.shares(of: Int(parent), &kept, parents) { shares[term] = min(share, 0.8) }
        }
        for phrase in phrases[Int(phraseOffsets[place])..<Int(phraseOffsets[place + 1])] {
            let full: Float = phrase.kind == SearchPhrase.Kind.title.rawValue ? 1 : 0.9
            let first = Int(phrase.tokens)
            for (index, token) in tokens[first..<first + Int(phrase.required) + Int(phrase.optional)].enumerated() {
                let share: Float = token.denied ? 0.3 : index < Int(phrase.required) ? full : 0.5
                shares[token.term] = max(shares[token.term] ?? 0, share)
            }
        }
        let result = shares.map { (term: $0.key, share: $0.value) }
        if parents.contains(UInt32(place)) { kept[place] = result }
        return result
    }

    private static func strings(_ strings: [[UInt8]]) -> (offsets: [UInt32], bytes: [UInt8]) {
        var offsets: [UInt32] = [0]
        var bytes: [UInt8] = []
        for string in strings {
            bytes.append(contentsOf: string)
            offsets.append(UInt32(bytes.count))
        }
        return (offsets, bytes)
    }

    private static func bytes<Element: BitwiseCopyable>(_ elements: [Element]) -> [UInt8] {
        elements.withUnsafeBytes { Array($0) }
    }
}
