/// An answer before it was verified: what the tools found and the sentences that rest on it.
struct Draft: Sendable, Equatable {
    /// More evidence than that is no answer any more.
    static let mostEvidence = 40

    var evidence: [Evidence] = []
    var sentences: [DraftSentence] = []
    /// What the loaded sources do not say.
    var notSaid: [String] = []
    var nextSteps: [String] = []
    var known = KnownCodes()

    /// Adds evidence, or finds it when it is there already.
    /// - Returns: its place.
    mutating func cite(_ piece: Evidence) -> Int {
        if let place = evidence.firstIndex(of: piece) { return place }
        evidence.append(piece)
        return evidence.count - 1
    }

    /// Adds a sentence on one piece of evidence.
    mutating func say(_ text: String, _ pieces: Evidence...) {
        let places = pieces.map { cite($0) }
        guard !sentences.contains(where: { $0.text == text }) else { return }
        sentences.append(DraftSentence(text: text, evidence: places))
    }

    /// Adds all of another draft.
    mutating func append(_ other: Draft) {
        for sentence in other.sentences {
            let places = sentence.evidence.map { cite(other.evidence[$0]) }
            if !sentences.contains(where: { $0.text == sentence.text }) {
                sentences.append(DraftSentence(text: sentence.text, evidence: places))
            }
        }
        for piece in other.evidence { _ = cite(piece) }
        for line in other.notSaid where !notSaid.contains(line) { notSaid.append(line) }
        for line in other.nextSteps where !nextSteps.contains(line) { nextSteps.append(line) }
        known.merge(other.known)
    }
}
