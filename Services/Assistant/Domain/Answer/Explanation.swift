/// A code explained in a few sentences of which each names the records that it rests on.
struct Explanation: Sendable, Equatable {
    /// What a sentence rests on: the record of the code itself or of one above it.
    struct Evidence: Sendable, Equatable {
        /// The code whose record it is.
        var code: String
        /// The words of that record.
        var passage: String
    }

    /// One sentence and the numbers of its evidence, from 1 in the order of `evidence`.
    struct Sentence: Sendable, Equatable {
        var text: String
        var evidence: [Int]
    }

    let sentences: [Sentence]
    let evidence: [Evidence]

    /// Three to five sentences: what the code is, where it stands, whether it may be billed, whether it is in force, and
    /// what the edition's notice says. Nothing is said that the record does not hold.
    init(_ record: CodeRecord) {
        let set = CodeSetName.of(record.system)
        // The chapter and the direct parent place a code; the headings between them are on its page.
        let above = record.parents
        let ends = above.count > 1 ? [above[0], above[above.count - 1]] : above
        evidence =
            [Evidence(code: record.code, passage: Self.passage(of: record))]
            + ends.map { Evidence(code: $0.code, passage: "\($0.code) \($0.title)") }
        var sentences = [
            Sentence(text: "\(record.code) is the \(set) \(Self.noun(record)) “\(record.title)”.", evidence: [1]),
            Self.placing(record, ends: ends, in: set),
            Sentence(text: Self.billing(record), evidence: [1]),
            Sentence(text: Self.validity(record), evidence: [1]),
        ]
        if !record.notice.isEmpty { sentences.append(Sentence(text: record.notice, evidence: [1])) }
        self.sentences = sentences
    }

    private static func noun(_ record: CodeRecord) -> String { record.isBillable ? "code" : "heading" }

    private static func passage(of record: CodeRecord) -> String {
        let below = record.isBillable || record.childCount == 0 ? "" : ", \(record.childCount) below it"
        let state = "\(record.isBillable ? "billable" : "not billable"), \(record.status.rawValue)\(below)"
        return "\(record.code) \(record.title) (\(state))" + (record.notice.isEmpty ? "" : ". \(record.notice)")
    }

    private static func placing(_ record: CodeRecord, ends: [CodeRecord.Place], in set: String) -> Sentence {
        guard let top = ends.first else {
            return Sentence(text: "It stands at the top of \(set).", evidence: [1])
        }
        let named = "\(top.code) (\(top.title))"
        guard ends.count > 1 else { return Sentence(text: "It stands under \(named).", evidence: [2]) }
        return Sentence(
            text: "It belongs to \(named), directly under \(ends[1].code) (\(ends[1].title)).", evidence: [2, 3])
    }

    private static func billing(_ record: CodeRecord) -> String {
        if record.isBillable { return "It may stand on a claim as it is." }
        switch record.childCount {
        case 0: return "It may not stand on a claim."
        case 1: return "It may not stand on a claim itself: the one entry below it says more."
        default: return "It may not stand on a claim itself: the \(record.childCount) entries below it say more."
        }
    }

    private static func validity(_ record: CodeRecord) -> String {
        let since = record.effectiveDate.isEmpty ? "" : ", which applies from \(record.effectiveDate)"
        switch record.status {
        case .active: return "It is active in \(record.edition)\(since)."
        case .retired: return "It is retired: \(record.edition)\(since), lists it as no longer valid."
        case .future: return "It is not yet in force: it comes with \(record.edition)\(since)."
        }
    }
}
