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
    private static let historyShare = 0.9
    private static let alternativeShare = 0.3
    private static let coveredShare = 0.45
    private static let generalShare = 0.4
    private static let similarShare = 0.25

    /// A code that a long note names on every page.
    private static let mostEvidence = 50
    /// What a note says again it is about.
    private static let mostRepeats = 10
    private static let repeatGain = 0.1

    private let store: CodeStore
    private let filter: SearchFilter
    /// Answers of one note, for notes say the same things again.
    private var listings: [Int: Listing?] = [:]
    private var resolved: [Question: Resolved?] = [:]
    private var file: SearchFile { store.contents.index.file }

    init(_ store: CodeStore, day: Day?, today: Day) throws {
        self.store = store
        filter = try SearchFilter(store, SearchFilters(system: .icd10cm, day: day), today: today)
    }

    /// - Parameter limit: how many suggestions are wanted.
    /// - Throws: `CancellationError` when the call was given up.
    mutating func code(_ text: CaseText, limit: Int) throws -> CaseResult {
        var suggestions: [String: CaseSuggestion] = [:]
        var counts: [String: Int] = [:]
        var rejected: [CaseRejection] = []
        let mentions = CaseScanner(file).mentions(in: text)
        for mention in mentions {
            try Task.checkCancellation()
            let meant = try meant(by: mention)
            guard let resolved = meant.first else { continue }
            let score = score(of: resolved.listing.code, mention)
            if let (reason, why) = Self.reason(against: mention) {
                rejected.append(
                    CaseRejection(
                        listing: resolved.listing, span: mention.span, score: score, reason: reason, why: why))
                continue
            }
            add(resolved, mention, score, to: &suggestions, &counts)
            for other in meant.dropFirst() {
                rejected.append(
                    CaseRejection(
                        listing: other.listing, span: mention.span, score: score * Self.alternativeShare,
                        reason: .alternative,
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

    /// The codes that the words lead to, best first, as the day has them.
    private mutating func meant(by mention: CaseMention) throws -> [Resolved] {
        var meant: [Resolved] = []
        var seen: Set<CodeID> = []
        func add(_ one: Resolved?) {
            if let one, seen.insert(one.listing.codeID).inserted { meant.append(one) }
        }
        for candidate in mention.candidates where filter.admits(file.documents[candidate.place]) {
            guard let listing = try listing(at: candidate.place), isInForce(listing) else { continue }
            add(try resolve(listing, mention))
            if meant.count > Self.mostAlternatives { break }
        }
        // A code that is younger than the day, or older: what stood in its place is found at its heading.
        if meant.isEmpty {
            for candidate in mention.candidates {
                guard let listing = try headingOfTheDay(of: candidate.place) else { continue }
                add(try resolve(listing, mention))
                if !meant.isEmpty { break }
            }
        }
        return meant
    }

    /// The nearest heading of a code, within its category, that the day lists.
    private mutating func headingOfTheDay(of place: Int) throws -> Listing? {
        var current = file.documents[place].parent
        while current != SearchDocument.noParent {
            if filter.admits(file.documents[Int(current)]), let listing = try listing(at: Int(current)),
                isInForce(listing)
            {
                return listing
            }
            current = file.documents[Int(current)].parent
        }
        return nil
    }

    private func isInForce(_ listing: Listing) -> Bool { filter.isInForce(listing, of: .icd10cm) }

    private mutating func listing(at place: Int) throws -> Listing? {
        if let known = listings[place] { return known }
        let listing = try filter.listing(of: file.documents[place])
        listings[place] = .some(listing)
        return listing
    }

    /// Codes that most words of a phrase speak for, where no wording stands whole.
    private mutating func neighbours(of mentions: [CaseMention], in text: CaseText) throws -> [CaseRejection] {
        let found = CaseNeighbours(store.contents.index, filter.selection).found(
            in: text, besides: mentions.map(\.span))
        var rejected: [CaseRejection] = []
        for near in found {
            try Task.checkCancellation()
            guard let listing = try listing(at: near.place), isInForce(listing) else { continue }
            let words = near.clause.words
            let mention = CaseMention(
                candidates: [], score: Float(near.likeness),
                span: words[near.words.lowerBound].start..<words[near.words.upperBound - 1].end,
                context: CaseContext(near.clause, from: near.words.lowerBound, through: near.words.upperBound - 1),
                sides: SearchSides(stems: words.map(\.stem)), encounter: CaseEncounter(Set(words.map(\.folded))),
                isGeneral: false, coveredBy: nil)
            guard let resolved = try resolve(listing, mention) else { continue }
            rejected.append(
                CaseRejection(
                    listing: resolved.listing, span: mention.span,
                    score: near.likeness * Self.similarShare * Self.share(of: resolved.listing.code), reason: .similar,
                    why: "Its words are like those of the note, but not all of them are there."))
        }
        return rejected
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
        let again = counts[code, default: 1]
        suggestion.score =
            max(suggestion.score, score) * (again > 1 && again <= Self.mostRepeats ? 1 + Self.repeatGain : 1)
        if suggestion.evidence.count < Self.mostEvidence { suggestion.evidence.append(mention.span) }
        if !mention.context.historical { suggestion.historical = false }
        suggestions[code] = suggestion
    }

    /// Factors influencing health status, and chapters that a word alone seldom means.
    private static func share(of code: String) -> Double {
        switch code.utf8.first {
        case UInt8(ascii: "Z"): 0.5
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

    /// What the answer of `resolve` hangs on.
    private struct Question: Hashable {
        var code: CodeID
        var sides: UInt8
        var encounter: CaseEncounter
    }

    /// The billable code that the note means at or below a listing; nil when there is none.
    private mutating func resolve(_ listing: Listing, _ mention: CaseMention) throws -> Resolved? {
        let question = Question(
            code: listing.codeID, sides: mention.sides.rawValue, encounter: mention.encounter)
        if let known = resolved[question] { return known }
        let found = try resolve(anew: listing, mention)
        resolved[question] = .some(found)
        return found
    }

    private func resolve(anew listing: Listing, _ mention: CaseMention) throws -> Resolved? {
        var current = listing
        var needs: [CaseNeed] = []
        if listing.billable, let parent = listing.parent {
            // An unspecified side, when the clause names one.
            let siblings = try store.children(of: parent, in: listing.edition, limit: Self.mostChildren)
                .filter(isInForce)
            if let side = Self.side(among: siblings, for: listing, mention, &needs) { current = side }
        }
        for _ in 0..<Self.mostLevels where !current.billable {
            let children = try store.children(of: current.codeID, in: current.edition, limit: Self.mostChildren)
                .filter(isInForce)
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
