/// What is left of a draft after verification; only this is ever shown.
struct VerifiedAnswer: Sendable, Equatable {
    /// Each with the places of its citations in `citations`.
    var sentences: [DraftSentence] = []
    /// Only what sentences cite, in the order in which they do.
    var citations: [Evidence] = []
    var notSaid: [String] = []
    var nextSteps: [String] = []
    var checks: [SentenceCheck] = []

    /// Nothing could be said that the sources bear out.
    var isAbstained: Bool { sentences.isEmpty }
}
