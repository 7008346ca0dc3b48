/// A sentence before it was verified, with the places of its evidence in the draft.
struct DraftSentence: Sendable, Equatable {
    var text: String
    var evidence: [Int]
}
