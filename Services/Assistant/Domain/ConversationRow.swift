/// A conversation as it is kept.
struct ConversationRow: Sendable, Equatable {
    var id: String
    var owner: Owner
    var title: String
    /// Seconds since 1970.
    var createdAt: Int64
    var updatedAt: Int64
    var questions: Int
}
