/// The numbers of the second step, found by trying them on one half of the development phrases and on a part of the Alphabetic
/// Index that was left out of the index for it (`Tests/Benchmarks`, search-relevance). All are per unit of what they weigh.
struct SearchWeights: Sendable {
    /// The share of the question that wording and title cover together.
    var question: Float = 1
    /// What the wording asks for and the question lacks.
    var missing: Float = 0.01
    /// The share of the wording that the question covers.
    var wording: Float = 0.405
    /// What the title says beyond the heading that the wording stands at.
    var beyondHeading: Float = 0.15
    /// What the title says and the question does not.
    var unasked: Float = 0.01
    /// A level between the code and the heading that the wording stands at.
    var level: Float = 0.046
    /// `SearchDocument.prior`.
    var prior: Float = 0.12
    /// The score of the first step.
    var first: Float = 0.51
    /// A title that names another side of the body than the question.
    var otherSide: Float = 0.3
    var otherSideFirst: Float = 0.15
    var priorFirst: Float = 0.02
    /// By kind of wording.
    var kinds: [Float] = [0.07, 0.06, 0, -0.084, -0.05, -0.2, -0.2, 0]
}
