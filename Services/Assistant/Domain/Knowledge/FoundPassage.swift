/// A passage with where it comes from and how well it fits a question.
struct FoundPassage: Sendable, Equatable {
    var id: PassageID
    /// The document's name.
    var document: String
    var passage: Passage
    var source: SourceNote
    /// What the index says: larger is better.
    var relevance: Double
    /// Set by `PassageRanking`: larger is better.
    var score = 0.0
    /// The share of the question's words that the passage or its headings hold, 0 to 1; set by `PassageRanking`.
    var coverage = 0.0
}
