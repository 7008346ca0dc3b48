/// An Excludes1 note as a claim check reads it.
struct ExclusionNote: Sendable, Equatable {
    /// The code or heading that it stands at.
    var standsAt: String
    var text: String
    /// What the note names; empty when it names no code.
    var references: [NoteReference]
}
