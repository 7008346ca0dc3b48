/// Weighs the wordings of documents against a plan.
///
/// A term of the question is *marked* with the slots that it fills: a slot is one group of one alternative of one concept.
/// Filling slots wording by wording gives what a wording and a title cover together.
struct SearchCoverage {
    private struct Slot {
        var index: Int
        var value: Float
    }

    private struct Alternative {
        var slots: Range<Int>
        /// Concept weight by alternative weight.
        var scale: Float
    }

    private let file: SearchFile
    private let denies: Bool
    /// The slots of each mark; mark 0 has none.
    private let slotsOfMark: [[Slot]]
    private let marks: UnsafeMutableBufferPointer<UInt16>
    private let marked: [Int]
    private let concepts: [[Alternative]]
    private let slotCount: Int
    private let total: Float
    /// The slots that a title fills, and those that a wording fills on top.
    private let base: UnsafeMutableBufferPointer<Float>
    private let slots: UnsafeMutableBufferPointer<Float>

    /// - Parameter scratch: its marks are this value's until `clear`.
    init(_ file: SearchFile, _ plan: SearchPlan, _ scratch: SearchScratch) {
        self.file = file
        marks = scratch.marks
        denies = plan.text.denies
        total = plan.weight
        var slotsOfMark: [[Slot]] = [[]]
        var marked: [Int] = []
        var concepts: [[Alternative]] = []
        var slots = 0
        for concept in plan.concepts {
            var alternatives: [Alternative] = []
            for alternative in concept.alternatives {
                let first = slots
                for group in alternative.groups {
                    for member in group.members {
                        let value = file.terms[member.term].weight * member.factor
                        if marks[member.term] == 0 {
                            guard slotsOfMark.count < UInt16.max else { continue }
                            marks[member.term] = UInt16(slotsOfMark.count)
                            slotsOfMark.append([])
                            marked.append(member.term)
                        }
                        slotsOfMark[Int(marks[member.term])].append(Slot(index: slots, value: value))
                    }
                    slots += 1
                }
                alternatives.append(Alternative(slots: first..<slots, scale: concept.weight / alternative.weight))
            }
            concepts.append(alternatives)
        }
        self.slotsOfMark = slotsOfMark
        self.marked = marked
        self.concepts = concepts
        slotCount = slots
        base = .allocate(capacity: max(1, slots))
        self.slots = .allocate(capacity: max(1, slots))
        base.initialize(repeating: 0)
        self.slots.initialize(repeating: 0)
    }

    /// Gives the marks and the memory back; the value must not be used again.
    func clear() {
        base.deallocate()
        slots.deallocate()
        for term in marked { marks[term] = 0 }
    }

    /// The best of a document's wordings, its own and those of the headings that it shares words with.
    func weigh(_ place: Int, _ weights: SearchWeights, phrasesLeft: inout Int) -> Float {
        guard let titlePlace = file.phrases(of: place).first else { return 0 }
        let title = file.phrases[titlePlace]
        base.update(repeating: 0)
        var unasked: Float = 0
        for index in tokens(of: title) {
            let token = file.tokens[index]
            fill(base, token)
            if marks[token.term] == 0 { unasked += unaskedWeight(token) }
        }
        var best = -Float.greatestFiniteMagnitude
        var level: Float = 0
        var current: Int? = place
        while let heading = current {
            let beyond = heading == place ? 0 : self.beyond(title, heading: heading)
            for phrasePlace in file.phrases(of: heading) {
                let phrase = file.phrases[phrasePlace]
                phrasesLeft -= 1
                if phrasesLeft < 0, phrasePlace != titlePlace { break }
                for slot in 0..<slotCount { slots[slot] = base[slot] }
                let matched = cover(phrase)
                let wording = phrase.weight > 0 ? matched / phrase.weight : 0
                let score =
                    weights.question * covered() / total - weights.missing * (phrase.weight - matched)
                    + weights.wording * wording - weights.beyondHeading * beyond - weights.unasked * unasked
                    - weights.level * level + weights.kinds[min(Int(phrase.kind), weights.kinds.count - 1)]
                best = max(best, score)
            }
            let parent = file.documents[heading].parent
            current = parent == SearchDocument.noParent ? nil : Int(parent)
            level += 1
        }
        return best
    }

    private func tokens(of phrase: SearchPhraseEntry) -> Range<Int> {
        Int(phrase.tokens)..<Int(phrase.tokens) + Int(phrase.required)
    }

    private func fill(_ slots: UnsafeMutableBufferPointer<Float>, _ token: SearchToken) {
        if token.denied, !denies { return }
        let mark = marks[token.term]
        if mark == 0 { return }
        for slot in slotsOfMark[Int(mark)] { slots[slot.index] = max(slots[slot.index], slot.value) }
    }

    /// Fills the slots of a phrase.
    /// - Returns: the weight of its required tokens that the question has.
    private func cover(_ phrase: SearchPhraseEntry) -> Float {
        var matched: Float = 0
        for index in tokens(of: phrase) {
            let token = file.tokens[index]
            let mark = marks[token.term]
            guard mark != 0, denies || !token.denied else { continue }
            for slot in slotsOfMark[Int(mark)] { slots[slot.index] = max(slots[slot.index], slot.value) }
            matched += file.terms[token.term].weight * (token.denied ? SearchRanker.deniedShare : 1)
        }
        let optional = tokens(of: phrase).upperBound
        for index in optional..<optional + Int(phrase.optional) { fill(slots, file.tokens[index]) }
        return matched
    }

    private func covered() -> Float {
        var sum: Float = 0
        for alternatives in concepts {
            var best: Float = 0
            for alternative in alternatives {
                var weight: Float = 0
                for slot in alternative.slots { weight += slots[slot] }
                best = max(best, weight * alternative.scale)
            }
            sum += best
        }
        return sum
    }

    /// What the title says that neither its heading's title nor the question says.
    private func beyond(_ title: SearchPhraseEntry, heading: Int) -> Float {
        guard let first = file.phrases(of: heading).first else { return 0 }
        let above = file.phrases[first]
        var sum: Float = 0
        for index in tokens(of: title) {
            let token = file.tokens[index]
            guard marks[token.term] == 0,
                !tokens(of: above).contains(where: { file.tokens[$0].term == token.term })
            else { continue }
            sum += unaskedWeight(token)
        }
        return sum
    }

    private func unaskedWeight(_ token: SearchToken) -> Float {
        file.terms[token.term].unasked * (token.denied ? SearchRanker.deniedShare : 1)
    }
}
