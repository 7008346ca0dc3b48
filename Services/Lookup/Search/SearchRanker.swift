/// Finds the documents that answer a plan, best first, in two steps.
///
/// First every document that has a word of the question gets the weights of its concepts, times the share that the index keeps
/// of each word there (title before inclusion and index terms before what headings say). Those with at least
/// `leastShare` of the best score are what was found. Then the best `mostWeighed` of them are weighed wording by wording:
/// how much of the question the wording and the title cover, how much of the wording the question covers, and what the title
/// says beyond both.
struct SearchRanker {
    /// What is left of a word's weight where it is denied ("without gangrene").
    static let deniedShare: Float = 0.1
    /// Enough for a few pages in the best order.
    static let mostWeighed = 200
    /// Wordings looked at in one search; the codes of the Table of Drugs have thousands.
    private static let mostPhrases = 40_000
    /// Below this share of the best score a document has too little of the question.
    private static let leastShare: Float = 0.45

    /// A document with its score.
    struct Found: Sendable, Equatable {
        var place: Int
        var score: Float
    }

    /// What was found.
    struct Outcome: Sendable {
        /// The weighed ones, best first, then the others by their first score as far as `limit` asks.
        var best: [Found]
        /// All places found, in no order.
        var places: [Int32]
    }

    private let file: SearchFile
    private let plan: SearchPlan
    private let weights = SearchWeights()

    init(_ file: SearchFile, _ plan: SearchPlan) {
        self.file = file
        self.plan = plan
    }

    /// - Parameter limit: how many of the best are wanted in order.
    func run(_ selection: SearchSelection, limit: Int, _ scratch: SearchScratch) -> Outcome {
        guard plan.weight > 0 else { return Outcome(best: [], places: []) }
        for concept in plan.concepts { add(concept, selection, scratch) }
        var found = admitted(selection, scratch)
        let places = found.map { Int32($0.place) }
        let weighed = min(found.count, Self.mostWeighed)
        if found.count > weighed { Self.moveBest(weighed, of: &found) }
        var best = weigh(found.prefix(weighed), scratch)
        best.sort { ($1.score, $0.place) < ($0.score, $1.place) }
        if limit > weighed {
            let others = found.dropFirst(weighed).sorted { ($1.score, $0.place) < ($0.score, $1.place) }
            // They come after all that were weighed, whatever their scores.
            best += others.prefix(limit - weighed).map { Found(place: $0.place, score: 0) }
        }
        return Outcome(best: best, places: places)
    }

    // MARK: The first step

    /// Adds what a concept gives to every document that has a word of it.
    private func add(_ concept: SearchPlan.Concept, _ selection: SearchSelection, _ scratch: SearchScratch) {
        for alternative in concept.alternatives {
            let scale = concept.weight / alternative.weight
            for group in alternative.groups {
                read(group, selection, scratch)
                for place in scratch.inGroup {
                    let index = Int(place)
                    if scratch.alternative[index] == 0 { scratch.inAlternative.append(place) }
                    scratch.alternative[index] += scratch.group[index]
                    scratch.group[index] = 0
                }
                scratch.inGroup.removeAll(keepingCapacity: true)
            }
            for place in scratch.inAlternative {
                let index = Int(place)
                if scratch.concept[index] == 0 { scratch.inConcept.append(place) }
                scratch.concept[index] = max(scratch.concept[index], scratch.alternative[index] * scale)
                scratch.alternative[index] = 0
            }
            scratch.inAlternative.removeAll(keepingCapacity: true)
        }
        for place in scratch.inConcept {
            let index = Int(place)
            if scratch.scores[index] == 0 { scratch.touched.append(place) }
            scratch.scores[index] += scratch.concept[index]
            scratch.concept[index] = 0
        }
        scratch.inConcept.removeAll(keepingCapacity: true)
    }

    private func read(_ group: SearchPlan.Group, _ selection: SearchSelection, _ scratch: SearchScratch) {
        for member in group.members {
            let term = file.terms[member.term]
            let weight = term.weight * member.factor
            let all = Int(term.postings)..<Int(term.postings) + Int(term.count)
            for run in selection.places {
                var index = run.lowerBound == 0 ? all.lowerBound : first(in: all, from: run.lowerBound)
                while index < all.upperBound {
                    let posting = file.postings[index]
                    let place = posting.document
                    if place >= run.upperBound { break }
                    let value = weight * posting.share
                    if scratch.group[place] == 0 {
                        scratch.inGroup.append(Int32(place))
                        scratch.group[place] = value
                    } else if value > scratch.group[place] {
                        scratch.group[place] = value
                    }
                    index += 1
                }
            }
        }
    }

    /// The first posting of a list that is not before a document.
    private func first(in list: Range<Int>, from document: Int) -> Int {
        var low = list.lowerBound
        var high = list.upperBound
        while low < high {
            let middle = (low + high) / 2
            if file.postings[middle].document < document { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The documents with enough of the question that may answer, with their scores as a share of the question.
    private func admitted(_ selection: SearchSelection, _ scratch: SearchScratch) -> [Found] {
        let total = plan.weight
        var best: Float = 0
        for place in scratch.touched { best = max(best, scratch.scores[Int(place)]) }
        let least = best * Self.leastShare
        var found: [Found] = []
        for place in scratch.touched {
            let index = Int(place)
            guard scratch.scores[index] >= least else { continue }
            let document = file.documents[index]
            guard selection.admits(document) else { continue }
            var score = scratch.scores[index] / total
            if isOnOtherSide(document) { score -= weights.otherSideFirst }
            found.append(Found(place: index, score: score + weights.priorFirst * document.prior))
        }
        return found
    }

    private func isOnOtherSide(_ document: SearchDocument) -> Bool {
        !plan.sides.isEmpty && !document.sides.isEmpty && document.sides.isDisjoint(with: plan.sides)
    }

    /// Moves the best `count` to the front, in no order: by a histogram of scores, then exactly at its edge.
    private static func moveBest(_ count: Int, of found: inout [Found]) {
        let low = found.map(\.score).min() ?? 0
        let high = found.map(\.score).max() ?? 0
        let steps = 1_024
        let scale = high > low ? Float(steps - 1) / (high - low) : 0
        var histogram = [Int](repeating: 0, count: steps)
        for one in found { histogram[Int((one.score - low) * scale)] += 1 }
        var edge = steps - 1
        var above = 0
        while edge > 0, above + histogram[edge] < count {
            above += histogram[edge]
            edge -= 1
        }
        var front: [Found] = []
        var atEdge: [Found] = []
        var rest: [Found] = []
        for one in found {
            let step = Int((one.score - low) * scale)
            if step > edge { front.append(one) } else if step == edge { atEdge.append(one) } else { rest.append(one) }
        }
        atEdge.sort { ($1.score, $0.place) < ($0.score, $1.place) }
        found = front + atEdge + rest
    }

    // MARK: The second step

    private func weigh(_ found: some Collection<Found>, _ scratch: SearchScratch) -> [Found] {
        let coverage = SearchCoverage(file, plan, scratch)
        defer { coverage.clear() }
        var phrasesLeft = Self.mostPhrases
        return found.map { one in
            let document = file.documents[one.place]
            var score = coverage.weigh(one.place, weights, phrasesLeft: &phrasesLeft)
            // The first score again, without what `admitted` took off.
            var first = one.score - weights.priorFirst * document.prior
            if isOnOtherSide(document) { score -= weights.otherSide }
            first = max(first, 0)
            score += weights.prior * document.prior + weights.first * first
            return Found(place: one.place, score: score)
        }
    }
}
