import Storage

/// Turns the mentions of a note into codes of one day: headings into the code below them that the note means, with what it
/// leaves open, and the reasons why others were not taken.
struct CaseCoder {
    /// Each costs some row reads.
    private static let mostRejected = 100
    /// Other codes of the same words that are named.
    private static let mostAlternatives = 2
    /// Deeper than the levels below a category.
    private static let mostLevels = 6
    private static let mostChildren = 100
    /// What is left of a score when something speaks against a mention. By these near misses stand in order; no suggestion
    /// is moved by them but those of history.
    private static let historyShare = 0.8
    private static let alternativeShare = 0.3
    private static let coveredShare = 0.3
    private static let generalShare = 0.4
    private static let similarShare = 0.4

    private let store: CodeStore
    private let filter: SearchFilter
    private var file: SearchFile { store.contents.index.file }

    init(_ store: CodeStore, day: Day?, today: Day) throws {
        self.store = store
        filter = try SearchFilter(store, SearchFilters(system: .icd10cm, day: day), today: today)
    }

    /// - Parameter limit: how many suggestions are wanted.
    func code(_ text: CaseText, limit: Int) throws -> CaseResult {
        var suggestions: [String: CaseSuggestion] = [:]
        var counts: [String: Int] = [:]
        var rejected: [CaseRejection] = []
        let mentions = CaseScanner(file).mentions(in: text)
        for mention in mentions {
            var admitted: [Listing] = []
            for candidate in mention.candidates where filter.admits(file.documents[candidate.place]) {
                if let listing = try filter.listing(of: file.documents[candidate.place]) { admitted.append(listing) }
                if admitted.count > Self.mostAlternatives { break }
            }
            guard let first = admitted.first, let resolved = try resolve(first, mention) else { continue }
            let score = score(of: resolved.listing.code, mention)
            if let (reason, why) = Self.reason(against: mention) {
                rejected.append(
                    CaseRejection(
                        listing: resolved.listing, span: mention.span, score: score, reason: reason, why: why))
                continue
            }
            add(resolved, mention, score, to: &suggestions, &counts)
            for other in admitted.dropFirst() where other.codeID != resolved.listing.codeID {
                rejected.append(
                    CaseRejection(
                        listing: other, span: mention.span, score: score * Self.alternativeShare, reason: .alternative,
                        why: "The same words lead to \(resolved.listing.code), which says less that the note does not.")
                )
            }
        }
        rejected += try neighbours(of: mentions, in: text)
        let taken = Set(suggestions.keys)
        let best = suggestions.values.sorted { ($1.score, $0.listing.code) < ($0.score, $1.listing.code) }.prefix(limit)
        var conflicts = CaseConflicts(store)
        return CaseResult(
            suggestions: Array(best),
            rejected: Self.distinct(rejected.filter { !taken.contains($0.listing.code) }, most: Self.mostRejected),
            conflicts: try conflicts.among(best.map(\.listing)))
    }

    /// Codes that most words of a phrase speak for, where no wording stands whole.
    private func neighbours(of mentions: [CaseMention], in text: CaseText) throws -> [CaseRejection] {
        let found = CaseNeighbours(store.contents.index, filter.selection).found(
            in: text, besides: mentions.map(\.span))
        return try found.compactMap { near in
            guard let listing = try filter.listing(of: file.documents[near.place]) else { return nil }
            let words = near.clause.words
            let mention = CaseMention(
                candidates: [], score: Float(near.likeness),
                span: words[near.words.lowerBound].start..<words[near.words.upperBound - 1].end,
                context: CaseContext(near.clause, from: near.words.lowerBound, through: near.words.upperBound - 1),
                sides: SearchSides(stems: words.map(\.stem)), encounter: CaseEncounter(Set(words.map(\.folded))),
                isGeneral: false, coveredBy: nil)
            guard let resolved = try resolve(listing, mention) else { return nil }
            return CaseRejection(
                listing: resolved.listing, span: mention.span,
                score: near.likeness * Self.similarShare * Self.share(of: resolved.listing.code), reason: .similar,
                why: "Its words are like those of the note, but not all of them are there.")
        }
    }

    private static func reason(against mention: CaseMention) -> (CaseRejection.Reason, String)? {
        if mention.context.denied { return (.denied, "The note denies it.") }
        if mention.context.ofFamily { return (.relative, "The note says it of a relative.") }
        if mention.coveredBy != nil { return (.covered, "A longer wording around it says more.") }
        if mention.isGeneral { return (.general, "The word alone says too little.") }
        return nil
    }

    private func score(of code: String, _ mention: CaseMention) -> Double {
        var score = Double(mention.score) * Self.share(of: code)
        // What is long past is more often context than reason.
        if mention.context.historical { score *= Self.historyShare }
        if mention.coveredBy != nil { score *= Self.coveredShare }
        if mention.isGeneral { score *= Self.generalShare }
        return score
    }

    private func add(
        _ resolved: Resolved, _ mention: CaseMention, _ score: Double, to suggestions: inout [String: CaseSuggestion],
        _ counts: inout [String: Int]
    ) {
        let code = resolved.listing.code
        counts[code, default: 0] += 1
        var suggestion =
            suggestions[code]
            ?? CaseSuggestion(
                listing: resolved.listing, score: score, evidence: [], historical: true, needs: resolved.needs)
        suggestion.score = max(suggestion.score, score) * (counts[code] == 1 ? 1 : 1.05)
        suggestion.evidence.append(mention.span)
        if !mention.context.historical { suggestion.historical = false }
        suggestions[code] = suggestion
    }

    /// Factors influencing health status, and chapters that a word alone seldom means.
    private static func share(of code: String) -> Double {
        switch code.utf8.first {
        case UInt8(ascii: "Z"): 0.6
        case UInt8(ascii: "O"), UInt8(ascii: "P"), UInt8(ascii: "Q"): 0.8
        default: 1
        }
    }

    private static func distinct(_ rejected: [CaseRejection], most: Int) -> [CaseRejection] {
        var seen: Set<String> = []
        let sorted = rejected.sorted { ($1.score, $0.listing.code) < ($0.score, $1.listing.code) }
        return Array(sorted.filter { seen.insert($0.listing.code).inserted }.prefix(most))
    }

    // MARK: From headings to codes

    private struct Resolved {
        var listing: Listing
        var needs: [CaseNeed]
    }

    /// The billable code that the note means at or below a listing; nil when there is none.
    private func resolve(_ listing: Listing, _ mention: CaseMention) throws -> Resolved? {
        var current = listing
        var needs: [CaseNeed] = []
        if listing.billable, let parent = listing.parent {
            // An unspecified side, when the clause names one.
            let siblings = try store.children(of: parent, in: listing.edition, limit: Self.mostChildren)
            if let side = Self.side(among: siblings, for: listing, mention, &needs) { current = side }
        }
        for _ in 0..<Self.mostLevels where !current.billable {
            let children = try store.children(of: current.codeID, in: current.edition, limit: Self.mostChildren)
            guard let next = Self.child(children, mention, &needs) else { return nil }
            current = next
        }
        return current.billable ? Resolved(listing: current, needs: needs) : nil
    }

    private static func sides(_ listing: Listing) -> SearchSides {
        SearchSides(stems: Words.words(of: listing.title).map(\.stem))
    }

    private static func side(
        among siblings: [Listing], for listing: Listing, _ mention: CaseMention, _ needs: inout [CaseNeed]
    ) -> Listing? {
        guard listing.title.contains("nspecified"), siblings.contains(where: { !sides($0).isEmpty }) else { return nil }
        if !mention.sides.isEmpty, let named = siblings.first(where: { $0.billable && sides($0) == mention.sides }) {
            return named
        }
        needs.append(.laterality)
        return nil
    }

    private static func child(_ children: [Listing], _ mention: CaseMention, _ needs: inout [CaseNeed]) -> Listing? {
        if let expanded = children.first, CodeForm.key(expanded.code).utf8.count == 7 {
            let wanted: Character
            switch mention.encounter {
            case .unstated: wanted = "A"
            case .subsequent: wanted = "D"
            case .sequela: wanted = "S"
            }
            if mention.encounter == .unstated { needs.append(.seventhCharacter) }
            return children.first { $0.code.last == wanted } ?? expanded
        }
        if children.contains(where: { !sides($0).isEmpty }) {
            if !mention.sides.isEmpty, let named = children.first(where: { sides($0) == mention.sides }) {
                return named
            }
            needs.append(.laterality)
        }
        return children.first { $0.title.contains("nspecified") }
            ?? children.first { SearchTokens($0.title).tokens.contains(where: \.denied) } ?? children.first
    }
}
