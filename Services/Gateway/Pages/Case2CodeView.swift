/// The entry to search, as `case2code.mustache` takes it.
struct Case2CodeView: Sendable {
    let systems = ChoiceView.systems(chosen: "")
    let loaded: LoadedSets
    /// Of the form for a note.
    let csrf: String
}
