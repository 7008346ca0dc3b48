/// What a question wants to know.
enum Intent: String, Sendable, CaseIterable {
    case explain, compare, search, guidelines, modifiers, crosswalk, edits, units, addOn, fee, coverage, history
    /// What a manual says of a topic.
    case policy
    /// Nothing that this desk answers.
    case outOfScope
}
