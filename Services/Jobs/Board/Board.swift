package import Calendar

/// All open postings, in memory, to be searched and counted: a bitmap for each value of a facet, a list of slots for each
/// word. The store is what is true; the board is made of it at start and follows each commit.
///
/// A slot is given once, in ascending order, so that lists stay sorted; a closed posting only loses its bit in `open`, and
/// when a quarter of the slots is closed the board is made anew.
package struct Board: Sendable {
    /// One place of a word: the slot and the weight of the word there.
    private struct Occurrence: Sendable {
        let slot: UInt32
        let weight: UInt8
    }

    private var entries: [BoardEntry] = []
    private var slots: [PostingID: Int] = [:]
    private var open = Bitmap()
    private var facets: [Facet: [String: Bitmap]] = [:]
    private var words: [String: [Occurrence]] = [:]
    /// Unit vectors of the places; zero without one.
    private var directions: [SIMD3<Float>] = []
    private var salaries: [Int64] = []
    private var published: [Int64] = []
    /// Employers by number, so that counting them hashes no text.
    private var employers: [(id: String, name: String)] = []
    private var employerNumbers: [String: Int] = [:]
    private var employerOfSlot: [Int] = []
    private var closed = 0

    /// Slots that may be closed before the board is made anew.
    private static let leastCompaction = 1_024
    /// Employers of the facet: more than anybody reads.
    private static let employersCounted = 60
    private static let earthMiles: Double = 3_958.8

    /// An empty board.
    package init() {}

    /// How many postings are open.
    package var count: Int { slots.count }

    /// The open posting of an id.
    package func entry(_ id: PostingID) -> BoardEntry? { slots[id].map { entries[$0] } }

    /// All open postings.
    package var openEntries: [BoardEntry] { slots.values.sorted().map { entries[$0] } }

    /// Puts a posting on the board, in place of the one with its id.
    package mutating func put(_ entry: BoardEntry) {
        remove(entry.id)
        let slot = entries.count
        entries.append(entry)
        slots[entry.id] = slot
        open[slot] = true
        for facet in Facet.allCases {
            for value in entry.values(of: facet) { facets[facet, default: [:]][value, default: Bitmap()][slot] = true }
        }
        for (word, weight) in entry.weights() {
            words[word, default: []].append(Occurrence(slot: UInt32(slot), weight: weight))
        }
        directions.append(entry.content.place.map { Board.direction($0.latitude, $0.longitude) } ?? .zero)
        salaries.append(entry.content.dollarsAYear?.maximum ?? 0)
        published.append(entry.publishedAt.seconds)
        let number = employerNumbers[entry.employer.text] ?? employers.count
        if number == employers.count {
            employers.append((entry.employer.text, entry.employerName))
            employerNumbers[entry.employer.text] = number
        }
        employers[number].name = entry.employerName
        employerOfSlot.append(number)
    }

    /// Takes a posting off the board; nothing happens when it is not there.
    package mutating func remove(_ id: PostingID) {
        guard let slot = slots.removeValue(forKey: id) else { return }
        open[slot] = false
        closed += 1
        guard closed > Board.leastCompaction, closed * 4 > entries.count else { return }
        let kept = openEntries
        self = Board()
        for entry in kept { put(entry) }
    }

    /// Answers a question as of `now`.
    ///
    /// - Complexity: about a millisecond for 100 000 postings: some passes over bitmaps of 12 kB, one over the matches.
    package func search(_ query: BoardQuery, at now: UTCInstant) -> BoardAnswer {
        var answer = BoardAnswer()
        var base = open
        var scores: [Int64] = []
        if !query.words.isEmpty {
            let found = matches(query.words, mayRelax: query.mayRelax)
            answer.isRelaxed = found.isRelaxed
            base.formIntersection(found.slots)
            scores = found.scores
        }
        if let circle = query.circle { base.formIntersection(slots(in: circle)) }
        var chosen: [Facet: Bitmap] = [:]
        for (facet, values) in query.filters where !values.isEmpty {
            chosen[facet] = union(of: facet, values: values, at: now)
        }
        var matching = base
        for bitmap in chosen.values { matching.formIntersection(bitmap) }
        answer.total = matching.count
        if query.countsFacets {
            answer.counts = counts(base: base, matching: matching, chosen: chosen, at: now)
            let shown = (answer.counts[.employer] ?? [:]).keys
            let wanted = Set(shown).union(query.filters[.employer] ?? [])
            for id in wanted { answer.employerNames[id] = employerNumbers[id].map { employers[$0].name } }
        }
        fill(&answer, from: matching, scores: scores, query)
        return answer
    }

    /// Open postings that are like one, the most alike first: shared title words, specialties and credentials.
    package func similar(to content: PostingContent, except id: PostingID, limit: Int) -> [PostingID] {
        var scores: [Int: Int] = [:]
        let named = content.specialties.map(\.label) + content.credentialsRequired
        for word in Set(Words.split(content.title + " " + named.joined(separator: " "))) {
            // A word that every fourth posting has says nothing about likeness.
            guard let occurrences = words[word], occurrences.count <= max(64, entries.count / 4) else { continue }
            for occurrence in occurrences where occurrence.weight >= 8 && open[Int(occurrence.slot)] {
                scores[Int(occurrence.slot), default: 0] += Int(occurrence.weight)
            }
        }
        return scores.filter { entries[$0.key].id != id }
            .sorted { ($1.value, entries[$0.key].id) < ($0.value, entries[$1.key].id) }
            .prefix(limit).map { entries[$0.key].id }
    }
}

extension Board {
    /// The slots with all words, or with some when none has all, and the score of each.
    private func matches(
        _ query: [String], mayRelax: Bool
    ) -> (slots: Bitmap, scores: [Int64], isRelaxed: Bool) {
        var scores = [Int64](repeating: 0, count: entries.count)
        var hits = [UInt8](repeating: 0, count: entries.count)
        let wanted = Array(Set(query))
        for word in wanted {
            for occurrence in words[word] ?? [] {
                scores[Int(occurrence.slot)] += Int64(occurrence.weight)
                hits[Int(occurrence.slot)] &+= 1
            }
        }
        let all = Bitmap(count: entries.count) { hits[$0] == wanted.count }
        if all.intersectionCount(open) > 0 || wanted.count == 1 || !mayRelax { return (all, scores, false) }
        for slot in scores.indices where hits[slot] > 0 { scores[slot] += Int64(hits[slot]) << 16 }
        return (Bitmap(count: entries.count) { hits[$0] > 0 }, scores, true)
    }

    private static func direction(_ latitude: Double, _ longitude: Double) -> SIMD3<Float> {
        let (phi, lambda) = (latitude * .pi / 180, longitude * .pi / 180)
        return SIMD3(
            Float(Trigonometry.cosine(phi) * Trigonometry.cosine(lambda)),
            Float(Trigonometry.cosine(phi) * Trigonometry.sine(lambda)), Float(Trigonometry.sine(phi)))
    }

    /// Great-circle distance on a sphere: within a radius where the chord between the unit vectors is short enough.
    private func slots(in circle: BoardQuery.Circle) -> Bitmap {
        let center = Board.direction(circle.latitude, circle.longitude)
        let halfAngle = min(circle.miles / Board.earthMiles, .pi) / 2
        let chord = Float(2 * Trigonometry.sine(halfAngle))
        let square = chord * chord
        return Bitmap(count: entries.count) { slot in
            let direction = directions[slot]
            guard direction != .zero else { return false }
            let difference = direction - center
            return (difference * difference).sum() <= square
        }
    }

    private func union(of facet: Facet, values: Set<String>, at now: UTCInstant) -> Bitmap {
        if facet == .posted {
            // The widest span holds the others.
            return posted(within: values.compactMap { Int64($0) }.max() ?? 0, at: now)
        }
        var union = Bitmap()
        for value in values { if let bitmap = facets[facet]?[value] { union.formUnion(bitmap) } }
        return union
    }

    private func posted(within days: Int64, at now: UTCInstant) -> Bitmap {
        let least = now.seconds - days * 86_400
        return Bitmap(count: entries.count) { published[$0] >= least }
    }

    private func counts(
        base: Bitmap, matching: Bitmap, chosen: [Facet: Bitmap], at now: UTCInstant
    ) -> [Facet: [String: Int]] {
        var counts: [Facet: [String: Int]] = [:]
        for facet in Facet.allCases {
            var others = matching
            if chosen[facet] != nil {
                others = base
                for (other, bitmap) in chosen where other != facet { others.formIntersection(bitmap) }
            }
            switch facet {
            case .posted: counts[facet] = postedCounts(others, at: now)
            case .employer: counts[facet] = employerCounts(others)
            default:
                var values: [String: Int] = [:]
                for (value, bitmap) in facets[facet] ?? [:] {
                    let count = bitmap.intersectionCount(others)
                    if count > 0 { values[value] = count }
                }
                counts[facet] = values
            }
        }
        return counts
    }

    /// One pass, whatever the spans.
    private func postedCounts(_ slots: Bitmap, at now: UTCInstant) -> [String: Int] {
        var within = [Int](repeating: 0, count: Facet.postedSpans.count)
        let least = Facet.postedSpans.map { now.seconds - $0 * 86_400 }
        slots.forEach { slot in
            let moment = published[slot]
            for index in least.indices where moment >= least[index] { within[index] += 1 }
        }
        var counts: [String: Int] = [:]
        for (index, days) in Facet.postedSpans.enumerated() { counts[String(days)] = within[index] }
        return counts
    }

    /// There may be thousands of employers, and each posting has one: those with the most are given.
    private func employerCounts(_ slots: Bitmap) -> [String: Int] {
        var counts = [Int](repeating: 0, count: employers.count)
        slots.forEach { counts[employerOfSlot[$0]] += 1 }
        let most = counts.indices.filter { counts[$0] > 0 }.sorted { counts[$0] > counts[$1] }
        return Dictionary(
            uniqueKeysWithValues: most.prefix(Self.employersCounted).map { (employers[$0].id, counts[$0]) })
    }

    private func fill(_ answer: inout BoardAnswer, from matching: Bitmap, scores: [Int64], _ query: BoardQuery) {
        var first = Heap(limit: query.limit + 1)
        matching.forEach { slot in
            let key: Int64 =
                switch query.order {
                case .relevance: scores.isEmpty ? 0 : scores[slot]
                case .date: 0
                case .salary: salaries[slot]
                }
            // Most are decided by two numbers; only the others need their id.
            let moment = published[slot]
            if let after = query.after, key > after.key || (key == after.key && moment > after.publishedAt) { return }
            if first.isBeyond(key: key, publishedAt: moment) { return }
            let position = BoardPosition(key: key, publishedAt: moment, id: entries[slot].id)
            if let after = query.after, !(after < position) { return }
            first.offer(position)
        }
        answer.positions = first.sorted()
        if answer.positions.count > query.limit {
            answer.positions.removeLast()
            answer.hasMore = true
        }
    }
}
